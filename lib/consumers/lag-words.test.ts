import { describe, expect, test } from 'vitest';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import { lagSource, lagSpan, lagWords } from './lag-words.ts';

const lag = (atLeastMs: number, atMostMs: number): Lag => ({
  kind: 'interval',
  atLeastMs,
  atMostMs,
  asOfMs: 100_000,
  method: 'checkpoint',
});

describe('lag in words', () => {
  test.each([
    [12_000, 14_400, '12–15 s'],
    [0, 3_200, '≤ 4 s'],
    [0, 0, '0 s'],
    [65_000, 80_000, '1 min 05 s – 1 min 20 s'],
    [58_000, 61_000, '58 s – 1 min 01 s'],
    [12_000, 12_000, '12 s'],
    [0, 400, '≤ 400 ms'],
  ])('%i to %i ms is %s', (from, to, words) => {
    expect(lagSpan(lag(from, to))).toBe(words);
  });

  test('an upper bound is rounded up, a lower one down', () => {
    expect(lagSpan(lag(1_999, 2_001))).toBe('1–3 s');
  });

  test('says caught up, worked off and unknown as such', () => {
    expect(lagWords(lag(0, 0))).toBe('caught up');
    expect(lagWords(lag(0, 4_000))).toBe('≤ 4 s behind');
    expect(lagWords({ kind: 'done' })).toBe('worked off');
    expect(lagWords({ kind: 'unknown', reason: 'seen-once' })).toBe('lag unknown');
    expect(lagSpan({ kind: 'unknown', reason: 'seen-once' })).toBe('–');
  });

  test('says how it is known, and how old that is', () => {
    expect(lagSource(lag(1, 2), 108_000)).toBe('as of 8 s ago, by checkpoint');
    expect(lagSource({ kind: 'unknown', reason: 'no-lease' }, 0)).toBe('the shard has no lease');
  });
});
