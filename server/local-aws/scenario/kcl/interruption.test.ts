import { expect, it } from 'vitest';
import type { WorkerMode } from './consumer-plan.ts';
import { Interruption } from './interruption.ts';

const PLAN = { worker: 0, afterMs: 30_000, everyMs: 600_000, forMs: 90_000 };

/** What mode the worker is in after each act, and when the act was. */
async function modes(acts: number, change: (mode: WorkerMode, act: number) => WorkerMode) {
  const worker: { readonly name: string; mode: WorkerMode } = { name: 'w-1', mode: 'running' };
  const interruption = new Interruption(worker, PLAN, 0);
  const seen: string[] = [];
  for (let act = 0; act < acts; act += 1) {
    const atMs = interruption.nextDueMs;
    await interruption.act();
    seen.push(`${atMs / 1_000} s ${worker.mode}`);
    worker.mode = change(worker.mode, act);
  }
  return seen;
}

it('takes a worker away and brings it back, time and again', async () => {
  expect(await modes(4, (mode) => mode)).toEqual([
    '30 s dead',
    '120 s running',
    '630 s dead',
    '720 s running',
  ]);
});

it('leaves alone a worker that somebody else has told what to do', async () => {
  expect(await modes(3, () => 'stalled')).toEqual(['30 s dead', '120 s stalled', '630 s stalled']);
});
