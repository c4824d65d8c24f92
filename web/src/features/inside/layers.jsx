import { DataTable } from '../../components/data-table.jsx';
import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { whole } from '../../components/format.js';
import { chosen, networkChoices } from '../../shared/networks.js';
import { counts, tables } from './layers-state.js';
import './layers.css';

export function Layers() {
  const rows = tables.value[chosen.value] ?? [];
  const { trainable, frozen } = counts(rows);
  return (
    <Fold
      class="card layers"
      title={`Layers: ${whole(trainable + frozen)} parameters, ${whole(trainable)} trained, ${whole(frozen)} frozen`}
    >
      <Segments
        label="Network"
        choices={networkChoices()}
        value={chosen.value}
        onChoose={(network) => (chosen.value = network)}
      />
      <DataTable
        label="Layer table"
        kind="fits"
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { key: 'name', title: 'Layer', cell: ({ name }) => name },
          { key: 'kind', title: 'What it does', cell: (row) => row.kind.replace(/(\d)x(\d)/g, '$1×$2') },
          { key: 'output', title: 'Output', number: true, cell: ({ output }) => output.replaceAll('x', '×') },
          { key: 'parameters', title: 'Parameters', number: true, cell: ({ parameters }) => whole(parameters) },
          {
            key: 'state',
            title: 'State',
            cell: (row) => (row.parameters === 0 ? '' : row.trainable ? 'trained' : 'frozen'),
          },
        ]}
        footer={['Total', '', '', whole(trainable + frozen), `${whole(trainable)} trained, ${whole(frozen)} frozen`]}
      />
    </Fold>
  );
}
