// How the notebook cuts the data, with the shapes that it prints, and why it tests on 300 images.
import { DataTable } from '../../components/data-table.jsx';
import { Fold } from '../../components/fold.jsx';
import { t } from '../../messages/messages.js';
import { dataInfo } from '../../session/session.js';
import { wilson } from '../../shared/interval.js';
import { task, variants } from '../../shared/task.js';
import { arrays } from './shapes.js';
import './shapes.css';

/** An accuracy of which the interval is named as an example. */
const EXAMPLE = 0.85;

export function Shapes() {
  const info = dataInfo.value;
  const words = t.value.data.shapes;
  if (!info) return null;
  const [first, last] = info.splits.test;
  const count = last - first;
  const half = (/** @type {number} */ of) => {
    const [low, high] = wilson(Math.round(EXAMPLE * of), of);
    return (high - low) / 2;
  };
  return (
    <Fold plain title={words.title}>
      <h3 class="shapes-title">{words.title}</h3>
      <DataTable
        class="shapes"
        label={words.title}
        rows={arrays(info.splits, info.test, { name: task.value, answers: variants.value })}
        columns={[
          { key: 'name', title: words.array, cell: ({ name }) => (name ? <code>{name}</code> : words.noName) },
          { key: 'slice', title: words.slice, cell: ({ slice }) => (slice ? <code>{slice}</code> : '') },
          { key: 'shape', title: words.shape, cell: ({ shape }) => <code>{shape}</code> },
          { key: 'use', title: words.use, cell: ({ use }) => words.uses[use] },
        ]}
      />
      <p class="note">
        {count < info.test
          ? words.ofFew({
              count,
              first,
              last,
              all: info.test,
              example: EXAMPLE,
              few: half(count),
              many: half(info.test),
            })
          : words.ofAll({ count })}
      </p>
    </Fold>
  );
}
