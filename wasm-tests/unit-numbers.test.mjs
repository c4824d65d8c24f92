// The numbers of a unit, as the page works them out from the engine's weights, are those that the engine comes to.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { stagesOf, strongest, taps, unitOf, windowCorner } from '../web/src/features/inside/unit.js';
import { loadModule } from './support/engine-module.mjs';

// Node's own channels would keep this process from its end.
Object.assign(globalThis, {
  MessageChannel: class {
    port1 = {};
  },
});
const { state } = await import('../web/src/engine/worker/core.js');
const { analysis } = await import('../web/src/engine/worker/analysis.js');

describe('the numbers of a unit', () => {
  /** @type {any} */
  let engine;

  before(async () => {
    const module = await loadModule('single-simd', 1);
    engine = state.engine = new module.Engine(1);
    engine.loadGenerated(7, 220, 40);
  });
  after(() => {
    engine.delete();
    state.engine = null;
  });

  for (const preset of /** @type {const} */ (['unit', 'notebook'])) {
    test(`every unit of both stages has the engine's value, pixels as in “${preset}”`, () => {
      const fit = { batch: 112, epochs: 1 };
      const arms = { self_supervised: fit, random: fit, supervised: fit };
      assert.equal(engine.start({ seed: 3, preset, pretext: fit, arms }).code, undefined);
      while (engine.advance(50).more);
      for (const network of /** @type {const} */ (['rotnet', 'supervised'])) {
        const image = engine.image('test', 5, 0);
        const { rows, input, stages } = analysis.trunkNumbers(network, image, 1);
        const shapes = stagesOf(rows, 28);
        assert.deepEqual(
          shapes.map(({ name, channels, window, stride, maps, pool }) => [name, channels, window, stride, maps, pool]),
          [
            ['conv1', 1, 3, 2, 64, 2],
            ['conv2', 64, 3, 1, 32, 2],
          ],
        );
        assert.deepEqual(
          shapes.map(({ side, before: zeros, pooled }) => [side, zeros, pooled]),
          [
            [28, 0, 7],
            [7, 1, 3],
          ],
        );
        /** @type {Float32Array} */
        let given = input;
        let active = 0;
        stages.forEach(({ kernel, bias, output }, i) => {
          const shape = shapes[i];
          const most = Math.max(...output);
          assert.ok(most > 0);
          output.forEach((value, place) => {
            const [map, spot] = [place % shape.maps, Math.floor(place / shape.maps)];
            const cell = { map, row: Math.floor(spot / shape.pooled), column: spot % shape.pooled };
            const unit = unitOf(shape, given, { kernel, bias }, cell);
            assert.ok(Math.abs(unit.value - value) <= 1e-5 * most, `${network} ${shape.name} ${place}: ${value}`);
            const best = unit.candidates[unit.winner];
            assert.equal(best.value, Math.max(...unit.candidates.map((each) => each.value)));
            assert.equal(best.sum, best.byChannel.reduce((sum, each) => sum + each, 0) + bias[map]);
            if (value > 0) active++;
          });
          const cell = strongest(shape, output);
          assert.equal(output[(cell.row * shape.pooled + cell.column) * shape.maps + cell.map], most);
          given = output;
        });
        assert.ok(active > 100, `${active} units respond`);
      }
    });
  }

  test('a window at the edge has zeros beyond it, and its taps sum up to its channel', () => {
    const { rows, input, stages } = analysis.trunkNumbers('rotnet', engine.image('test', 5, 0), 0);
    const [first, second] = stagesOf(rows, 28);
    assert.deepEqual(windowCorner(first, { row: 0, column: 13 }), { row: 0, column: 26 });
    const last = taps(first, input, stages[0], { row: 0, column: 13, map: 2, channel: 0 });
    assert.deepEqual(
      last.map(({ outside }) => outside),
      [false, false, true, false, false, true, false, false, true],
    );
    assert.equal(last[0].value, input[26]);
    assert.equal(last[4].value, input[28 + 27]);
    assert.equal(last[3].weight, stages[0].kernel[3 * 64 + 2]);
    const at = { map: 4, row: 0, column: 0 };
    const { candidates } = unitOf(second, stages[0].output, stages[1], at);
    const corner = taps(second, stages[0].output, stages[1], { row: 0, column: 0, map: 4, channel: 9 });
    assert.equal(corner.filter(({ outside }) => outside).length, 5);
    assert.equal(
      candidates[0].byChannel[9],
      corner.reduce((sum, { product }) => sum + product, 0),
    );
  });

  test('a table without such stages has none', () => {
    assert.deepEqual(stagesOf([], 28), []);
    const dense = { name: 'dense', kind: 'Dense 4, softmax', output: '4', parameters: 20, trainable: true };
    assert.deepEqual(stagesOf([dense, dense], 28), []);
  });
});
