import { expect, it } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { ENVELOPE } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { paceText, settingFacts } from './setting-facts.ts';

const WHOLE: ReplayDraft = {
  ...NEW_DRAFT,
  source: {
    connection: 'demo',
    bucket: 'archive',
    prefix: 'tweets/',
    timeZone: 'Europe/Berlin',
    paddingMs: 300_000,
  },
  window: { fromMs: 0, toMs: 3_599_999 },
  transform: {
    compression: 'gzip',
    format: { kind: 'envelope', map: ENVELOPE },
    deaggregates: true,
    key: {
      prefersArchived: true,
      source: { kind: 'payload-path', path: ['user', 'id'] },
      fallback: { kind: 'constant', key: 'secret-key' },
    },
    recordBytesMax: 1_048_576,
  },
  filter: {
    window: null,
    partitionKeys: ['secret-a', 'secret-b'],
    sampling: { share: 0.25, by: 'key' },
    dedup: { by: 'content', capacity: 100_000 },
  },
  expression: 'key == "secret-c"',
  target: { connection: 'demo', streamName: 'copy', streamArn: 'arn', createdAtMs: 1 },
  order: 'per-key',
  pace: {
    ...NEW_DRAFT.pace,
    pace: { kind: 'timed', speed: 4 },
    totalCap: { bytesPerSecond: 1_048_576, recordsPerSecond: 500 },
  },
};

const factOf = (draft: ReplayDraft, name: string, quarantineOf: number | null = null) =>
  settingFacts(draft, quarantineOf).find((fact) => fact.name === name)?.value;

it('says what is set, step by step', () => {
  expect(factOf(WHOLE, 'Archive')).toBe('s3://archive/tweets/');
  expect(factOf(WHOLE, 'Buffer of the archiver')).toBe('5 min');
  expect(factOf(WHOLE, 'Partition key')).toBe(
    'as archived, else payload at user.id, else one key for all',
  );
  expect(factOf(WHOLE, 'Sample')).toBe('25 % of the keys, with all of their records');
  expect(factOf(WHOLE, 'Stream')).toBe('copy');
  expect(factOf(WHOLE, 'Pace')).toBe('4 × the archive’s');
  expect(factOf(WHOLE, 'Cap of all shards')).toBe('1.00 MiB/s, 500 rec/s');
  const steps = settingFacts(WHOLE, null).map(({ step }) => step);
  expect([...new Set(steps)]).toEqual(['source', 'format', 'filter', 'target', 'pace']);
});

it('names no key, and no expression', () => {
  expect(JSON.stringify(settingFacts(WHOLE, null))).not.toContain('secret');
  expect(factOf(WHOLE, 'Partition keys')).toBe('2 keys');
});

it('says of a new draft only what is decided', () => {
  expect(settingFacts(NEW_DRAFT, null).map(({ name }) => name)).toEqual([
    'Filter',
    'Order',
    'Pace',
    'Of what is free',
    'Stops at',
  ]);
});

it('says of a quarantine which one it is', () => {
  expect(factOf(WHOLE, 'Source', 7)).toBe('Quarantine of replay 7');
  expect(factOf(WHOLE, 'Archive', 7)).toBeUndefined();
});

it('says a pace in a line', () => {
  expect(paceText(NEW_DRAFT.pace)).toBe('Pace: as fast as allowed; Of what is free: 50 %');
});
