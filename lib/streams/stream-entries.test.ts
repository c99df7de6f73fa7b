import { expect, test } from 'vitest';
import type { HealthLevel } from '#lib/domain/health.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { accountOf } from './account-of.ts';
import { streamLimitUse } from './limit-use.ts';
import type { JudgedRow } from './row-order.ts';
import {
  isFiltered,
  NO_FILTER,
  type StreamEntry,
  type StreamFilter,
  streamEntries,
  unreadableStreams,
} from './stream-entries.ts';

let nextId = 1;

function judged(streamName: string, level: HealthLevel, more: Partial<StreamRow> = {}): JudgedRow {
  const row = streamRowOf({
    streamId: nextId++,
    connection: 'demo',
    streamName,
    streamArn: `arn:aws:kinesis:eu-west-1:123456789012:stream/${streamName}`,
    health: { level, reason: `${level}.` },
    ...more,
  });
  return { row, fresh: 'fresh' };
}

const failure = { sinceMs: 1, message: 'Allow it.', deniedAction: 'kinesis:DescribeStreamSummary' };
const secret = { connection: 'demo', streamName: 'secret', streamArn: null, failure };
const rows = [
  judged('ok', 'ok'),
  judged('bad', 'critical'),
  judged('watch', 'warning', { mode: 'ON_DEMAND' }),
  judged('why', 'unknown', { connection: 'other' }),
];

const name = (entry: StreamEntry) =>
  entry.kind === 'stream' ? entry.judged.row.streamName : entry.stream.streamName;
const names = (
  filter: Partial<StreamFilter>,
  sort: Parameters<typeof streamEntries>[3] = 'health',
  direction: 'asc' | 'desc' = 'desc',
) => streamEntries(rows, [secret], { ...NO_FILTER, ...filter }, sort, direction).map(name);

test('what cannot be read stands with what is unknown, after what needs somebody', () => {
  expect(names({})).toEqual(['bad', 'watch', 'secret', 'why', 'ok']);
  expect(names({}, 'health', 'asc')).toEqual(['ok', 'why', 'secret', 'watch', 'bad']);
});

test('it stands among the others by name, and last where figures order', () => {
  expect(names({}, 'name', 'asc')).toEqual(['bad', 'ok', 'secret', 'watch', 'why']);
  expect(names({}, 'name', 'desc')).toEqual(['why', 'watch', 'secret', 'ok', 'bad']);
  for (const direction of ['asc', 'desc'] as const) {
    expect(names({}, 'shards', direction).at(-1)).toBe('secret');
  }
});

test('filters narrow by health, mode and connection, and together', () => {
  expect(names({ health: 'unknown' })).toEqual(['secret', 'why']);
  expect(names({ health: 'critical' })).toEqual(['bad']);
  expect(names({ mode: 'ON_DEMAND' })).toEqual(['watch']);
  expect(names({ connection: 'other' })).toEqual(['why']);
  expect(names({ connection: 'demo', health: 'unknown' })).toEqual(['secret']);
  expect(names({ search: 'sec' })).toEqual(['secret']);
  expect(names({ search: 'nothing' })).toEqual([]);
});

test('a page that shows all is not called filtered', () => {
  expect(isFiltered(NO_FILTER)).toBe(false);
  expect(isFiltered({ ...NO_FILTER, mode: 'ON_DEMAND' })).toBe(true);
});

test('unreadable streams of all connections are told one by one, each with its cause', () => {
  const connection = {
    connection: 'demo',
    region: 'eu-west-1',
    source: 'AWS',
    readOnly: false,
    collection: { collectedAtMs: 1, cadenceSeconds: 5, failure: null },
    unreadable: [
      {
        failure,
        streams: [
          { streamName: 'a', streamArn: 'arn:a' },
          { streamName: 'b', streamArn: null },
        ],
      },
    ],
  };
  expect(unreadableStreams([connection])).toEqual([
    { connection: 'demo', streamName: 'a', streamArn: 'arn:a', failure },
    { connection: 'demo', streamName: 'b', streamArn: null, failure },
  ]);
});

test('a rate is held against what all open shards take together', () => {
  const rates = {
    incomingBytesPerSecond: 1_048_576,
    incomingRecordsPerSecond: 500,
    outgoingBytesPerSecond: null,
    outgoingRecordsPerSecond: 0,
    writeThrottledRecords: 0,
    readThrottledCalls: 0,
    iteratorAgeMs: null,
  };
  const { row } = judged('a', 'ok', { rates, openShardCount: 2 });
  expect(streamLimitUse(row)).toEqual({ bytesIn: 0.5, recordsIn: 0.25, bytesOut: null });
  expect(streamLimitUse({ ...row, openShardCount: 0 }).bytesIn).toBeNull();
  expect(streamLimitUse({ ...row, rates: null }).recordsIn).toBeNull();
});

test('an account is read from an ARN, and from nothing else', () => {
  expect(accountOf('arn:aws-cn:kinesis:cn-north-1:123456789012:stream/a')).toBe('123456789012');
  expect(accountOf('arn:aws:kinesis:eu-west-1:12:stream/a')).toBeNull();
});

test('conditions on tags find streams whose tags are known, together with words and choices', () => {
  const tags = new Map(
    rows.slice(0, 3).map(({ row }) => [
      row.streamId,
      {
        streamId: row.streamId,
        tags: { team: row.streamName === 'ok' ? 'shop' : 'web' },
        readAtMs: 1,
      },
    ]),
  );
  const found = (filter: Partial<StreamFilter>) =>
    streamEntries(rows, [secret], { ...NO_FILTER, ...filter }, 'name', 'asc', tags).map(name);
  expect(found({ search: 'tag:team=web' })).toEqual(['bad', 'watch']);
  expect(found({ search: 'tag:team=web wat' })).toEqual(['watch']);
  expect(found({ search: 'tag:team', health: 'ok' })).toEqual(['ok']);
  // Neither `why`, whose tags were not read, nor `secret`, which cannot be described.
  expect(found({ search: '-tag:team=web' })).toEqual(['ok']);
});
