import type { ShardSort } from './arrange-shards.ts';

/** A column of the shard table: what it is called, what it holds, and by what it can be ordered. */
export type ShardColumn = {
  readonly id: ShardColumnId;
  readonly label: string;
  readonly title: string;
  readonly sort: ShardSort | null;
  readonly numeric: boolean;
};

/** In the order of the table. The first four are what fits on a phone: which shard, how it is, and whether it refuses. */
export const SHARD_COLUMN_IDS = [
  'shard',
  'use',
  'throttled',
  'bytes-in',
  'records-in',
  'write-bytes',
  'write-records',
  'read-bytes',
  'bytes-out',
  'reads-throttled',
  'iterator-age',
  'range',
  'decimal',
  'share',
  'age',
  'state',
  'parents',
  'children',
  'sequence',
] as const;
export type ShardColumnId = (typeof SHARD_COLUMN_IDS)[number];

/** Shown until somebody chooses others. The first stays always: without it nobody knows what a row is of. */
export const SHARD_COLUMNS_DEFAULT: readonly ShardColumnId[] = [
  'shard',
  'use',
  'throttled',
  'bytes-in',
  'records-in',
  'write-bytes',
  'write-records',
  'read-bytes',
  'iterator-age',
  'range',
  'share',
  'age',
  'state',
];

export const SHARD_COLUMNS: { readonly [C in ShardColumnId]: ShardColumn } = {
  shard: column('shard', 'Shard', 'Shard, by its number', 'shard'),
  use: figure('use', 'Tightest limit', 'Use of the limit that is used most', 'use'),
  throttled: figure(
    'throttled',
    'Throttled',
    'Records refused in the period (WriteProvisionedThroughputExceeded)',
    'throttled',
  ),
  'bytes-in': figure(
    'bytes-in',
    'Bytes in',
    'Accepted, partition keys included (IncomingBytes)',
    'bytes-in',
  ),
  'records-in': figure('records-in', 'Records in', 'Accepted (IncomingRecords)', 'records-in'),
  'write-bytes': figure(
    'write-bytes',
    'Write bytes',
    'Use of 1 MiB/s; bold where it is the tightest limit',
    'write-bytes',
  ),
  'write-records': figure(
    'write-records',
    'Write records',
    'Use of 1,000 records/s; bold where it is the tightest limit',
    'write-records',
  ),
  'read-bytes': figure(
    'read-bytes',
    'Read bytes',
    'Use of 2 MiB/s; bold where it is the tightest limit',
    'read-bytes',
  ),
  'bytes-out': figure('bytes-out', 'Bytes out', 'Read by GetRecords (OutgoingBytes)', 'bytes-out'),
  'reads-throttled': figure(
    'reads-throttled',
    'Reads refused',
    'Calls of GetRecords refused in the period (ReadProvisionedThroughputExceeded)',
    'reads-throttled',
  ),
  'iterator-age': figure(
    'iterator-age',
    'Iterator age',
    'How far the slowest reader is behind, at most, in the period (IteratorAgeMilliseconds)',
    'iterator-age',
  ),
  range: column(
    'range',
    'Hash range',
    'First and last hash key, the first 8 of 32 hexadecimal digits',
    'range',
  ),
  decimal: column(
    'decimal',
    'Range, decimal',
    'First and last hash key, as Kinesis takes them',
    null,
  ),
  share: figure('share', 'Share', 'Share of the hash-key space', 'share'),
  age: figure(
    'age',
    'Shard age',
    'Since the shard was made, from its starting sequence number',
    'age',
  ),
  state: column(
    'state',
    'State',
    'Open; closed: takes no more records; expired: past retention',
    null,
  ),
  parents: column('parents', 'Parents', 'What it was split from or merged of', null),
  children: column('children', 'Children', 'What it was split into or merged to', null),
  sequence: column(
    'sequence',
    'Sequence numbers',
    'Starting sequence number, and the ending one of a closed shard',
    null,
  ),
};

function column(
  id: ShardColumnId,
  label: string,
  title: string,
  sort: ShardSort | null,
): ShardColumn {
  return { id, label, title, sort, numeric: false };
}

function figure(id: ShardColumnId, label: string, title: string, sort: ShardSort): ShardColumn {
  return { id, label, title, sort, numeric: true };
}
