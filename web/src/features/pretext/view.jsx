import { Curves } from '../../components/curves.jsx';
import { percent, whole } from '../../components/format.js';
import { dataInfo, results } from '../../state/lab.js';

export function Pretext() {
  const rotation = results.value?.rotation;
  return (
    <div class="card">
      <Curves runs={['pretext']} chance={0.25} sync="pretext" />
      <p class="note">
        {rotation
          ? `On ${whole(rotation.count)} turned test images it never saw, it names the turn in ${percent(rotation.accuracy)}. `
          : ''}
        Data: {dataInfo.value?.source ?? '–'}.
      </p>
    </div>
  );
}
