import { describe, expect, it } from 'vitest';
import { bindingWords, sinceWords, unboundWords } from './binding-words.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 26, 10);
const binding = {
  limit: 'writeBytes',
  use: 1.03,
  sinceMs: Date.UTC(2026, 10, 23, 9, 12, 5),
  atLeast: false,
  resolutionSeconds: 5,
} as const;
const at = { nowMs: NOW, zone: 'UTC' };

describe('bindingWords', () => {
  it('says which shard, which limit, how much and since when', () => {
    const words = bindingWords({ binding, shardId: 'shardId-000000000003', refused: false, ...at });
    expect(words).toBe(
      '…0003 is bound by write bytes: 103 % of 1.00 MiB/s, since 09:12:05 UTC (14 min)',
    );
  });

  it('says that more is wanted where records were refused', () => {
    const words = bindingWords({ binding, shardId: null, refused: true, ...at });
    expect(words).toContain(
      'The whole stream is bound by write bytes: 103 % of what its shards take together',
    );
    expect(words).toContain('and more is wanted');
  });
});

describe('unboundWords', () => {
  it('explains refusals without a limit that binds', () => {
    expect(unboundWords(true)).toContain('came in bursts');
    expect(unboundWords(false)).not.toContain('bursts');
  });
});

describe('sinceWords', () => {
  it('claims no more than is known', () => {
    expect(sinceWords({ ...binding, atLeast: true }, NOW, 'UTC')).toBe(
      'since at least 09:12:05 UTC (14 min)',
    );
  });

  it('says the day of another day, and how exactly it is known', () => {
    const old = { ...binding, sinceMs: NOW - 26 * 3_600_000, resolutionSeconds: 300 };
    expect(sinceWords(old, NOW, 'Asia/Kolkata')).toBe(
      'since 11-22 12:56:10 GMT+5:30 (1 d 2 h, to 5 min)',
    );
  });
});
