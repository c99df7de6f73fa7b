import { describe, expect, it } from 'vitest';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import type { PlanView } from '#lib/replay/view/plan.ts';
import { errorWords, recordsWords, whatWillHappen } from './plan-words.ts';

const PLAN: PlanView = {
  atMs: 0,
  planHash: 'abc',
  decoderVersion: '1',
  objects: 12,
  storedBytes: 1_048_576,
  times: null,
  listed: 20,
  undated: 0,
  outOfOrder: 0,
  needRestore: [],
  slices: 4,
  records: 12_000.4,
  recordsError: 899.2,
  bytes: 5_000_000,
  sample: { objects: 3, storedBytes: 1, records: 300, largestRecordBytes: 1, hottestKey: null },
  duration: { ms: 61_000, words: '' },
  shardsNeeded: 2,
  price: null,
  refusals: [],
  warnings: [],
  target: {
    mode: 'PROVISIONED',
    status: 'ACTIVE',
    recordBytesMax: 1_048_576,
    shardCount: 2,
    shards: [],
    consumers: ['reports-worker'],
  },
  roundTripMs: 5,
  pace: null,
};

const SETTINGS: ReplaySettings = {
  source: { connection: 'demo', bucket: 'archive', prefix: 't/', timeZone: 'UTC', paddingMs: 0 },
  sourceStreamArn: null,
  window: null,
  transform: {
    format: { kind: 'json' },
    compression: 'gzip',
    deaggregates: true,
    key: { prefersArchived: true, source: null, fallback: { kind: 'payload-hash' } },
    recordBytesMax: 1_048_576,
  },
  filter: ALL_RECORDS,
  expression: null,
  target: { connection: 'demo', streamName: 'copy', streamArn: 'arn', createdAtMs: 1 },
  order: 'per-key',
  quarantine: { share: 0.01, unitsMin: 100 },
};

describe('recordsWords', () => {
  it('tells a figure no more exactly than it is known', () => {
    expect(recordsWords(PLAN)).toBe('12,000 ± 900 records');
    expect(recordsWords({ ...PLAN, recordsError: 0 })).toBe('12,000 records');
    expect(recordsWords({ ...PLAN, records: 12_345, recordsError: null })).toBe(
      'about 12,000 records',
    );
    expect(recordsWords({ ...PLAN, records: null })).toBeNull();
  });
});

describe('errorWords', () => {
  it('says what the figure rests on', () => {
    expect(errorWords(PLAN)).toContain('300 records in 3 objects were looked at; in 95 of 100');
    expect(errorWords({ ...PLAN, recordsError: 0 })).toContain('all of them');
    expect(errorWords({ ...PLAN, recordsError: null })).toContain('too few to tell');
  });
});

describe('whatWillHappen', () => {
  it('says in a paragraph what a person says yes to', () => {
    expect(whatWillHappen(PLAN, SETTINGS, false)).toBe(
      '12 objects (1.00 MiB as stored) of archive/t/ will be read, each at the version that was listed. 12,000 ± 900 records will be written into copy – those of a key in the order of the archive. That takes about 1 min 01 s. 1 consumer will see them: reports-worker. It can be paused and cancelled at any time; what was written until then stays in the stream.',
    );
  });

  it('does not hide that records go back to where they came from', () => {
    const words = whatWillHappen(
      { ...PLAN, records: null, duration: null },
      { ...SETTINGS, order: 'none' },
      true,
    );
    expect(words).toContain(
      'Records, nobody knows how many, will be written into copy, the stream that they came from, in any order.',
    );
    expect(words).toContain('How long that takes is not known.');
  });
});
