import { describe, expect, it } from 'vitest';
import type { ShardUse } from '#lib/domain/throughput.ts';
import { mergeWords } from './merge-words.ts';

const useOf = (writeBytes: number, writeRecords = 0, readBytes = 0): ShardUse => ({
  writeBytes,
  writeRecords,
  readBytes,
});

describe('mergeWords', () => {
  it('adds up the limit that two use most together, not the tightest of each', () => {
    // Bytes 0.3 + 0.1 = 0.4; records 0.2 + 0.28 = 0.48.
    expect(mergeWords(useOf(0.3, 0.2), useOf(0.1, 0.28))).toMatch(
      /^Together they use 48 % of one shard’s write records in this period: one shard/,
    );
  });

  it('warns of a merged shard that would be hot, or refuse', () => {
    expect(mergeWords(useOf(0.3), useOf(0.2))).toMatch(/50 % .* little headroom/);
    expect(mergeWords(useOf(0.9), useOf(0.1))).toMatch(/100 % .* would refuse/);
    expect(mergeWords(useOf(0.1, 0.1, 0.7), useOf(0.1, 0.1, 0.6))).toMatch(/130 % .* read bytes/);
  });

  it('claims nothing where a write figure is missing; reads that nobody does are no reason', () => {
    expect(mergeWords(useOf(0.1), useOf(Number.NaN))).toMatch(/unknown/);
    expect(mergeWords(null, useOf(0.1))).toMatch(/unknown/);
    expect(mergeWords(useOf(0.1, 0.1, Number.NaN), useOf(0.1))).toMatch(/20 % .* write bytes/);
  });
});
