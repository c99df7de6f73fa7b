import { expect, it } from 'vitest';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import { holdsMergeBack } from './holds-merge-back.ts';

const behind = (atLeastMs: number): Lag => ({
  kind: 'interval',
  atLeastMs,
  atMostMs: atLeastMs + 2_000,
  asOfMs: 0,
  method: 'checkpoint',
});

it.each([
  [behind(5_000), 'OK', false],
  [behind(61_000), 'OK', true],
  [behind(0), 'WAITING_PARENT', true],
  [behind(0), 'STOP', true],
  [{ kind: 'done' }, 'DONE', false],
  [{ kind: 'unknown', reason: 'seen-once' }, 'UNKNOWN', false],
] as const)('a reader at %o, %s: %s', (lag, status, holds) => {
  expect(holdsMergeBack({ lag, status })).toBe(holds);
});
