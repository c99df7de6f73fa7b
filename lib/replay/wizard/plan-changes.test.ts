import { expect, it } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS, settingsOfDraft } from '#lib/domain/replay/settings-of-draft.ts';
import { ENVELOPE } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { staleWords, stepsChangedSince } from './plan-changes.ts';

const DRAFT: ReplayDraft = {
  ...NEW_DRAFT,
  source: {
    connection: 'demo',
    bucket: 'archive',
    prefix: 'tweets/',
    timeZone: 'UTC',
    paddingMs: 0,
  },
  transform: {
    compression: 'gzip',
    format: { kind: 'envelope', map: ENVELOPE },
    deaggregates: true,
    key: { prefersArchived: true, source: null, fallback: { kind: 'quarantine' } },
    recordBytesMax: 1_048_576,
  },
  target: { connection: 'demo', streamName: 'copy', streamArn: 'arn', createdAtMs: 1 },
};

function planned() {
  const made = settingsOfDraft(DRAFT);
  if (!made.ok) throw new Error('The draft should be whole.');
  return made;
}

const changes = (change: Partial<ReplayDraft>) =>
  stepsChangedSince({ ...DRAFT, ...change }, planned());

it('finds nothing where nothing was changed, whatever was looked at and however it is written', () => {
  expect(changes({ step: 'pace' })).toEqual([]);
  expect(changes({ filter: ALL_RECORDS, expression: '  ' })).toEqual([]);
  const { source } = DRAFT;
  const turned = source && Object.fromEntries(Object.entries(source).reverse());
  expect(changes({ source: turned as ReplayDraft['source'] })).toEqual([]);
  expect(staleWords([])).toBeNull();
});

it('names each step that was changed', () => {
  expect(changes({ window: { fromMs: 0, toMs: 1 } })).toEqual(['source']);
  expect(changes({ transform: null })).toEqual(['format']);
  expect(changes({ expression: 'true' })).toEqual(['filter']);
  expect(changes({ target: null })).toEqual(['target']);
  const changed = changes({ order: 'strict', filter: { ...ALL_RECORDS, partitionKeys: ['a'] } });
  expect(changed).toEqual(['filter', 'pace']);
  expect(staleWords(changed)).toBe(
    'Changed since it was made: Filter, Pace and order. What stands below is of the settings before.',
  );
});

it('compares a pace where the plan knows its own', () => {
  const faster = { ...DRAFT, pace: { ...DRAFT.pace, freeShare: 0.9 } };
  expect(stepsChangedSince(faster, planned())).toEqual(['pace']);
  expect(stepsChangedSince(faster, { ...planned(), pace: null })).toEqual([]);
});
