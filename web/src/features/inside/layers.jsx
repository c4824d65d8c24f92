import { DataTable } from '../../components/data-table.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { whole } from '../../messages/intl.js';
import { t } from '../../messages/messages.js';
import { chosen, networkChoices } from '../../shared/networks.js';
import { counts, tables } from './layers-state.js';
import './layers.css';

export function Layers() {
  const rows = tables.value[chosen.value] ?? [];
  const { trainable, frozen } = counts(rows);
  const all = trainable + frozen;
  const words = t.value.inside.layers;
  return (
    <Fold class="card layers" title={words.title({ all, trainable, frozen })}>
      <Segments
        label={t.value.inside.network}
        choices={networkChoices()}
        value={chosen.value}
        onChoose={(network) => (chosen.value = network)}
      />
      <DataTable
        label={words.label}
        kind="fits"
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { key: 'name', title: words.name, cell: ({ name }) => name },
          {
            key: 'kind',
            title: words.kind,
            cell: (row) => (
              <span lang="en" translate={false}>
                {row.kind.replace(/(\d)x(\d)/g, '$1×$2')}
              </span>
            ),
          },
          { key: 'output', title: words.output, number: true, cell: ({ output }) => output.replaceAll('x', '×') },
          { key: 'parameters', title: words.parameters, number: true, cell: ({ parameters }) => whole(parameters) },
          {
            key: 'state',
            title: words.state,
            cell: (row) => (row.parameters === 0 ? '' : row.trainable ? words.trained : words.frozen),
          },
        ]}
        footer={[words.total, '', '', whole(all), words.states({ trainable, frozen })]}
      />
    </Fold>
  );
}
