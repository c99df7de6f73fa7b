import { describe, expect, it } from 'vitest';
import { findEntries } from './find-entries.ts';
import { type PaletteContext, paletteEntries, typedEntries } from './palette-entries.ts';

const tweets = { connection: 'main', streamName: 'tweets' };
const context: PaletteContext = {
  streams: [{ connection: 'main', streamName: 'raw-tweets' }, tweets],
  current: null,
  paused: false,
  mayCreate: true,
};

function labelsOf(query: string, of: PaletteContext = context) {
  return findEntries(paletteEntries(of), typedEntries(query, of), query).map(
    ({ group, entries }) => [group, entries.map(({ label }) => label)] as const,
  );
}

describe('findEntries', () => {
  it('puts what begins with the query first', () => {
    expect(labelsOf('tweets')).toEqual([['Streams', ['tweets', 'raw-tweets']]]);
  });

  it('finds by other words, and wants all of them', () => {
    expect(labelsOf('local clock')).toEqual([['Actions', ['Times in local time']]]);
    expect(labelsOf('local nothing')).toEqual([]);
  });

  it('shows some of everything where nothing is typed, and not too much of anything', () => {
    const streams = Array.from({ length: 500 }, (_, i) => ({
      connection: 'main',
      streamName: `stream-${i}`,
    }));
    const groups = labelsOf('', { ...context, streams });
    expect(groups.map(([group]) => group)).toEqual(['Streams', 'Pages', 'Actions']);
    expect(groups[0]?.[1]).toHaveLength(12);
  });
});

describe('paletteEntries', () => {
  it('offers what may be done, and nothing else', () => {
    expect(labelsOf('create')).toEqual([['Actions', ['Create stream']]]);
    expect(labelsOf('create', { ...context, mayCreate: false })).toEqual([]);
    expect(labelsOf('resume', { ...context, paused: true })).toEqual([
      ['Actions', ['Resume figures']],
    ]);
    const replays = [['Pages', ['Replays']] as const];
    expect(labelsOf('archive')).toEqual([...replays, ['Actions', ['New replay']]]);
    expect(labelsOf('archive', { ...context, current: tweets })).toEqual([
      ...replays,
      ['Actions', ['Replay the archive of this stream', 'Replay into this stream', 'New replay']],
    ]);
    expect(labelsOf('restore', { ...context, current: tweets })).toEqual([
      ['Actions', ['Replay into this stream']],
    ]);
    expect(labelsOf('restore', { ...context, current: tweets, mayCreate: false })).toEqual([]);
    expect(labelsOf('stop all jobs')).toEqual([['Pages', ['Operations']]]);
    expect(labelsOf('lineage')).toEqual([]);
    expect(labelsOf('lineage', { ...context, current: tweets })).toEqual([['Pages', ['Lineage']]]);
  });
});

describe('typedEntries', () => {
  it('looks a key up as it is typed, in the open stream first', () => {
    const found = typedEntries('key  Foo ', { ...context, current: tweets });
    expect(found.map(({ action }) => action)).toMatchObject([
      { kind: 'look-up', streamName: 'tweets', key: ' Foo ' },
      { kind: 'look-up', streamName: 'raw-tweets' },
    ]);
    expect(typedEntries('key', context)).toEqual([]);
  });

  it('knows a shard by its id or its number, on the page of its stream', () => {
    const here = { ...context, current: tweets };
    for (const query of ['12', 'shard 12', '…0012', 'shardId-000000000012']) {
      expect(typedEntries(query, here).map(({ label }) => label)).toEqual(['shardId-000000000012']);
    }
    expect(typedEntries('12', context)).toEqual([]);
    expect(typedEntries('12a', here)).toEqual([]);
  });
});
