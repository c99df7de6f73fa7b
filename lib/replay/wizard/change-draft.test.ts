import { describe, expect, it } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { SniffView } from '#lib/replay/view/archive-sample.ts';
import {
  followsWindow,
  withFormat,
  withSniffed,
  withSource,
  withTarget,
  withWindow,
} from './change-draft.ts';

const SOURCE = {
  connection: 'demo',
  bucket: 'archive',
  prefix: 'tweets/',
  timeZone: 'UTC',
  paddingMs: 60_000,
};
const TARGET = { connection: 'demo', streamName: 'copy', streamArn: 'arn:copy', createdAtMs: 1 };
const chosen = withSource(NEW_DRAFT, SOURCE, 'arn:tweets');

const SNIFFED: SniffView = {
  atMs: 1,
  objects: [],
  compression: 'gzip',
  problem: null,
  guesses: [
    {
      name: 'JSON',
      format: { kind: 'json' },
      confidence: 'certain',
      words: 'All of it is JSON.',
      records: 9,
      faults: 0,
      withPartitionKey: 0,
      withArrival: 0,
      aggregates: 0,
    },
  ],
};

describe('withSource', () => {
  it('forgets times and format with the archive that they were of', () => {
    const decided = withSniffed(withWindow(chosen, { fromMs: 0, toMs: 9 }), SNIFFED);
    const other = withSource(decided, { ...SOURCE, prefix: 'other/' }, null);
    expect(other).toMatchObject({ window: null, transform: null, filter: { window: null } });
  });

  it('keeps all of the same archive whose zone was mended', () => {
    const decided = withSniffed(withWindow(chosen, { fromMs: 0, toMs: 9 }), SNIFFED);
    const mended = withSource(decided, { ...SOURCE, timeZone: 'Asia/Tokyo' }, 'arn:tweets');
    expect(mended).toEqual({ ...decided, source: { ...SOURCE, timeZone: 'Asia/Tokyo' } });
  });
});

describe('withWindow', () => {
  it('holds records to the window of their objects, both ends alike', () => {
    const draft = withWindow(chosen, { fromMs: 10, toMs: 19 });
    expect(draft.filter?.window).toEqual({ fromMs: 10, toMs: 20, unknownTime: 'keep' });
    expect(withWindow(draft, { fromMs: 10, toMs: 29 }).filter?.window?.toMs).toBe(30);
    expect(withWindow(draft, null).filter?.window).toBeNull();
  });

  it('leaves a window alone that somebody gave to records', () => {
    const draft = withWindow(chosen, { fromMs: 10, toMs: 19 });
    const { filter } = draft;
    if (filter === null) throw new Error('a window makes a filter');
    const own = { fromMs: 12, toMs: 14, unknownTime: 'drop' } as const;
    const changed = { ...draft, filter: { ...filter, window: own } };
    expect(followsWindow(changed)).toBe(false);
    expect(withWindow(changed, { fromMs: 0, toMs: 99 }).filter?.window).toEqual(own);
    const none = { ...draft, filter: { ...filter, window: null } };
    expect(withWindow(none, { fromMs: 0, toMs: 99 }).filter?.window).toBeNull();
  });
});

describe('withSniffed', () => {
  it('begins with what was found, and does not touch what somebody chose', () => {
    const draft = withSniffed(chosen, SNIFFED);
    expect(draft.transform).toMatchObject({
      format: { kind: 'json' },
      compression: 'gzip',
      deaggregates: true,
      key: { fallback: { kind: 'payload-hash' } },
    });
    const lines = withFormat(draft, { kind: 'lines', lineEnds: 'lf' }, 'none');
    expect(withSniffed(lines, SNIFFED)).toBe(lines);
  });

  it('chooses nothing where nothing was found', () => {
    expect(withSniffed(chosen, { ...SNIFFED, guesses: [] })).toBe(chosen);
    expect(withSniffed(chosen, { ...SNIFFED, compression: null })).toBe(chosen);
  });
});

describe('withTarget', () => {
  it('takes no record that the target would refuse', () => {
    const draft = withTarget(withSniffed(chosen, SNIFFED), TARGET, 10_485_760);
    expect(draft.transform?.recordBytesMax).toBe(10_485_760);
    expect(withTarget(chosen, TARGET, 1).transform).toBeNull();
  });
});
