import { describe, expect, it } from 'vitest';
import { UTC } from '#lib/format/time.ts';
import type { RewindPreview, RewindView } from './rewind-view.ts';
import { previewWords, type RewindDraft, readDraft, rewindStateWords } from './rewind-words.ts';

const DRAFT: RewindDraft = {
  kind: 'time',
  time: '2026-11-23 12:00',
  sequenceNumber: '',
  shardId: '',
};
const NOON_MS = Date.UTC(2026, 10, 23, 12);

describe('readDraft', () => {
  it('reads each kind of place', () => {
    expect(readDraft(DRAFT, UTC)).toEqual({
      target: { kind: 'time', atMs: NOON_MS },
      problem: null,
    });
    expect(readDraft({ ...DRAFT, kind: 'latest' }, UTC)).toEqual({
      target: { kind: 'latest' },
      problem: null,
    });
    const one = { kind: 'sequence-number', sequenceNumber: ' 49 ' } as const;
    expect(readDraft({ ...DRAFT, ...one, shardId: 'shardId-000000000007' }, UTC)).toEqual({
      target: { kind: 'sequence-number', sequenceNumber: '49' },
      problem: null,
    });
  });

  it.each([
    [{ time: '2026-02-30 12:00' }, 'a date and a time'],
    [{ kind: 'sequence-number', sequenceNumber: 'x' }, 'decimal number'],
    [{ kind: 'sequence-number', sequenceNumber: '49' }, 'in one shard'],
    [{ shardId: '7' }, 'named as'],
  ] as const)('says what is missing in %j', (change, problem) => {
    expect(readDraft({ ...DRAFT, ...change }, UTC).problem).toContain(problem);
  });
});

const PREVIEW: RewindPreview = {
  rewindId: 1,
  target: { kind: 'time', atMs: NOON_MS },
  leases: 3,
  effects: [],
  again: { records: 1_200, bytes: 2_048, unknownShards: 1, earliestMs: NOON_MS },
  live: [],
};

describe('previewWords', () => {
  it('says what is written, what is read again, and what is not known', () => {
    expect(previewWords(PREVIEW, UTC)).toEqual([
      expect.stringContaining('3 leases will be set to 2026-11-23 12:00:00 UTC'),
      expect.stringContaining('at least 1,200 records, 2.00 KiB, from 2026-11-23 12:00:00 UTC on'),
      expect.stringContaining('Of 1 shard it is not known'),
    ]);
  });

  it('says what is left out, and where nothing is to be done', () => {
    const target = { kind: 'latest' } as const;
    expect(previewWords({ ...PREVIEW, target }, UTC)[1]).toContain('will never be read');
    expect(previewWords({ ...PREVIEW, leases: 0 }, UTC)).toHaveLength(1);
  });
});

describe('rewindStateWords', () => {
  const view: RewindView = {
    rewindId: 1,
    target: { kind: 'latest' },
    restores: null,
    actor: 'somebody',
    state: 'running',
    isCutOff: true,
    startedAtMs: NOON_MS,
    endedAtMs: null,
    leases: 4,
    written: 2,
    refused: 1,
  };

  it.each([
    [{}, 'Cut off: the process that carried it out died after 2 of 4 leases.'],
    [{ isCutOff: false }, 'Under way: 2 of 4 leases written.'],
    [{ state: 'done' }, '2 leases set.'],
    [{ state: 'broken' }, '2 of 4 leases set; 1 left alone'],
    [{ state: 'undone' }, 'and put back'],
  ] as const)('tells of %j', (change, words) => {
    expect(rewindStateWords({ ...view, ...change })).toContain(words);
  });
});
