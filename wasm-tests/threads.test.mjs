// Many short runs on several threads: every hand-over between them gives the same bits as one thread. Node 20's first
// compiler loses a local of each function that has a wait in it (docs/PERFORMANCE.md), so this is where it would show.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effort } from './support/effort.mjs';
import { facts, loadModule } from './support/engine-module.mjs';

const RUNS = effort(100, 300);

/** @param {any} engine @param {number} run @returns {string} */
function signature(engine, run) {
  const settings = {
    seed: run,
    pretext: { batch: 1 + (run % 50), epochs: 1 },
    arms: { self_supervised: { epochs: 1 }, random: { epochs: 1 }, supervised: { epochs: 1, batch: 3 } },
  };
  assert.equal(engine.start(settings).code, undefined);
  while (engine.advance(run % 3).more);
  return engine.signature();
}

describe('threads and the bits of a run', () => {
  for (const build of ['threads-relaxed', 'threads-simd']) {
    test(`${RUNS} runs on 4 threads are those on one (${build})`, async () => {
      const [many, one] = await Promise.all([loadModule(build, 4), loadModule(build, 1)]);
      const engines = [new many.Engine(4), new one.Engine(1)];
      assert.equal(engines[0].info().threads, 4);
      for (const engine of engines) assert.equal(engine.loadGenerated(3, 33, 5).train, 33);
      for (let run = 0; run < RUNS; run++) {
        const [parallel, alone] = engines.map((engine) => signature(engine, run));
        assert.equal(parallel, alone, `run ${run}`);
      }
      for (const engine of engines) engine.delete();
    });
  }

  test('more threads than were made are refused at once, with their most', async () => {
    const module = await loadModule('threads-simd', 2);
    const engine = new module.Engine(3);
    assert.equal(facts(engine.info()), 'threadsRange most=2');
    assert.equal(facts(engine.start({})), 'threadsRange most=2');
    engine.delete();
  });
});
