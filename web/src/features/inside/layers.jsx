import { Segments } from '../../components/field.jsx';
import { Fold } from '../../components/fold.jsx';
import { whole } from '../../components/format.js';
import { NETWORKS, chosen, counts, tables } from './layers-state.js';
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
        choices={NETWORKS}
        value={chosen.value}
        onChoose={(network) => (chosen.value = network)}
      />
      <div class="table-room" role="region" aria-label="Layer table" tabIndex={0}>
        <table class="fits">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">What it does</th>
              <th scope="col" class="number">
                Output
              </th>
              <th scope="col" class="number">
                Parameters
              </th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.kind.replace(/(\d)x(\d)/g, '$1×$2')}</td>
                <td class="number">{row.output.replaceAll('x', '×')}</td>
                <td class="number">{whole(row.parameters)}</td>
                <td>{row.parameters === 0 ? '' : row.trainable ? 'trained' : 'frozen'}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td />
              <td />
              <td class="number">{whole(trainable + frozen)}</td>
              <td>
                {whole(trainable)} trained, {whole(frozen)} frozen
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Fold>
  );
}
