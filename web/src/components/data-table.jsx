// The one table of figures: rows of one kind in columns, in a room that scrolls where it is too narrow.
import './data-table.css';

/** @typedef {import('preact').ComponentChildren} Children */

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} key
 * @property {Children} title
 * @property {boolean} [number] figures stand to the right
 * @property {string} [class] of its cells, also of the one in the head
 * @property {boolean} [hidden] the cells are for the eye alone
 * @property {(row: Row, i: number) => Children} cell of the first column, the name of the row
 */

/**
 * @template Row
 * @typedef {object} TableProps
 * @property {readonly Row[]} rows
 * @property {readonly Column<Row>[]} columns
 * @property {(row: Row, i: number) => string | number} [keyOf] else rows keep their places
 * @property {string} [label] names the room in which the table scrolls; without it the table has none
 * @property {'region' | 'group'} [room] what the room is: a landmark, or one of many
 * @property {Children} [caption]
 * @property {boolean} [quietCaption] for screen readers alone
 * @property {'wide' | 'fits' | 'narrow'} [kind] scrolls on a phone, shrinks to it, or is never wider than its figures
 * @property {string} [id]
 * @property {string} [class]
 * @property {(row: Row) => string | undefined} [rowClass]
 * @property {readonly Children[]} [footer] one for each column
 * @property {{ key: string, down: boolean, onSort: (key: string) => void }} [sorted] columns with a title of text sort
 */

/** @template Row @param {TableProps<Row>} props */
export function DataTable({
  rows,
  columns,
  keyOf = (_, i) => i,
  label,
  room = 'region',
  caption,
  quietCaption = false,
  kind = 'wide',
  id,
  class: className = '',
  rowClass,
  footer,
  sorted,
}) {
  const [first, ...others] = columns;
  const name = (/** @type {Column<Row>} */ { number, class: own = '' }) =>
    [number ? 'number' : '', own].filter(Boolean).join(' ') || undefined;
  const table = (
    <table id={id} class={[kind === 'wide' ? '' : kind, className].filter(Boolean).join(' ') || undefined}>
      {caption && <caption class={quietCaption ? 'visually-hidden' : undefined}>{caption}</caption>}
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              class={name(column)}
              aria-sort={sorted?.key === column.key ? (sorted.down ? 'descending' : 'ascending') : undefined}
            >
              {sorted && typeof column.title === 'string' ? (
                <button type="button" class="sort" onClick={() => sorted.onSort(column.key)}>
                  {column.title}
                  <span aria-hidden="true">{sorted.key === column.key ? (sorted.down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              ) : (
                column.title
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={keyOf(row, i)} class={rowClass?.(row)}>
            <th scope="row" class={name(first)}>
              {first.cell(row, i)}
            </th>
            {others.map((column) => (
              <td key={column.key} class={name(column)} aria-hidden={column.hidden || undefined}>
                {column.cell(row, i)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {footer && (
        <tfoot>
          <tr>
            {footer.map((content, i) => {
              const Cell = i === 0 ? 'th' : 'td';
              return (
                <Cell key={columns[i].key} scope={i === 0 ? 'row' : undefined} class={name(columns[i])}>
                  {content}
                </Cell>
              );
            })}
          </tr>
        </tfoot>
      )}
    </table>
  );
  if (label === undefined) return table;
  return (
    <div class="table-room" role={room} aria-label={label} tabIndex={0}>
      {table}
    </div>
  );
}
