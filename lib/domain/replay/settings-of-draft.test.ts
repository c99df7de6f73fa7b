import { describe, expect, it } from 'vitest';
import { NEW_DRAFT } from './new-draft.ts';
import type { ReplayDraft } from './settings.ts';
import { ALL_RECORDS, gapsOfDraft, settingsOfDraft } from './settings-of-draft.ts';
import { ENVELOPE } from './transform/payload/envelope-map.ts';

const WHOLE: ReplayDraft = {
  ...NEW_DRAFT,
  source: {
    connection: 'demo',
    bucket: 'archive',
    prefix: 'tweets/',
    timeZone: 'UTC',
    paddingMs: 60_000,
  },
  transform: {
    format: { kind: 'envelope', map: ENVELOPE },
    compression: 'gzip',
    deaggregates: true,
    key: { prefersArchived: true, source: null, fallback: { kind: 'quarantine' } },
    recordBytesMax: 1_048_576,
  },
  target: {
    connection: 'demo',
    streamName: 'copy',
    streamArn: 'arn:aws:kinesis:eu-central-1:000000000000:stream/copy',
    createdAtMs: 1,
  },
};

const words = (draft: ReplayDraft) => gapsOfDraft(draft).map((gap) => `${gap.step}: ${gap.words}`);

describe('settingsOfDraft', () => {
  it('makes settings of a whole draft, and takes all records where no filter was touched', () => {
    const made = settingsOfDraft({ ...WHOLE, expression: '  ' });
    expect(made).toMatchObject({
      ok: true,
      settings: { filter: ALL_RECORDS, expression: null, order: 'none', window: null },
      pace: { freeShare: 0.5 },
    });
  });

  it('says of a new draft what is missing, step by step', () => {
    expect(settingsOfDraft(NEW_DRAFT)).toEqual({
      ok: false,
      missing: [
        { step: 'source', words: 'Choose an archive, or say where it lies.' },
        { step: 'format', words: 'Choose how records lie in the objects.' },
        { step: 'target', words: 'Choose the stream that is written to.' },
      ],
    });
  });

  it('needs an order, of which null is none', () => {
    expect(words({ ...WHOLE, order: null })).toEqual(['pace: Choose which order is kept.']);
  });
});

describe('gapsOfDraft', () => {
  const { source, transform, pace } = WHOLE;
  if (source === null || transform === null) throw new Error('the draft of the tests is whole');
  const withKey = (key: Partial<(typeof transform)['key']>): ReplayDraft => ({
    ...WHOLE,
    transform: { ...transform, key: { ...transform.key, ...key } },
  });
  const withPace = (change: Partial<typeof pace>): ReplayDraft => ({
    ...WHOLE,
    pace: { ...pace, ...change },
  });
  const withFilter = (change: Partial<typeof ALL_RECORDS>): ReplayDraft => ({
    ...WHOLE,
    filter: { ...ALL_RECORDS, ...change },
  });

  it.each<[string, ReplayDraft, string]>([
    ['a zone that is none', { ...WHOLE, source: { ...source, timeZone: 'Mars/Base' } }, 'source'],
    ['no bucket', { ...WHOLE, source: { ...source, bucket: '' } }, 'source'],
    ['a negative buffer', { ...WHOLE, source: { ...source, paddingMs: -1 } }, 'source'],
    ['a window turned round', { ...WHOLE, window: { fromMs: 2, toMs: 1 } }, 'source'],
    ['an empty constant key', withKey({ fallback: { kind: 'constant', key: '' } }), 'format'],
    ['an empty path', withKey({ source: { kind: 'payload-path', path: [] } }), 'format'],
    [
      'a window of records turned round',
      withFilter({ window: { fromMs: 2, toMs: 2, unknownTime: 'keep' } }),
      'filter',
    ],
    ['no keys', withFilter({ partitionKeys: [] }), 'filter'],
    ['a sample of nothing', withFilter({ sampling: { share: 0, by: 'key' } }), 'filter'],
    ['half a record back', withFilter({ dedup: { by: 'content', capacity: 0.5 } }), 'filter'],
    ['a standing pace', withPace({ pace: { kind: 'timed', speed: 0 } }), 'pace'],
    ['more than all that is free', withPace({ freeShare: 1.1 }), 'pace'],
    ['a cap of 0', withPace({ totalCap: { bytesPerSecond: 0, recordsPerSecond: 1 } }), 'pace'],
    ['a share above all', { ...WHOLE, quarantine: { share: 2, unitsMin: 1 } }, 'pace'],
  ])('finds %s', (_, draft, step) => {
    expect(gapsOfDraft(draft)).toHaveLength(1);
    expect(gapsOfDraft(draft)[0]?.step).toBe(step);
    expect(settingsOfDraft(draft).ok).toBe(false);
  });

  it('finds nothing in a whole draft', () => {
    expect(gapsOfDraft(WHOLE)).toEqual([]);
  });
});
