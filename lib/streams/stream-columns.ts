import type { StreamSort } from './row-order.ts';

/** The columns of the Streams page, in their order; each id stands in the URL and never changes. */
export const STREAM_COLUMNS = [
  'health',
  'name',
  'shards',
  'bytes-in',
  'records-in',
  'bytes-out',
  'records-out',
  'throttled',
  'lag',
  'hottest',
  'strip',
  'mode',
  'retention',
  'consumers',
  'encryption',
  'account',
  'tags',
  'created',
  'age',
] as const;
export type StreamColumn = (typeof STREAM_COLUMNS)[number];

type ColumnFacts = {
  /** What stands above it. */
  readonly head: string;
  /** What it holds, in a sentence. */
  readonly title: string;
  /** CSS pixels; null: shares what is left. */
  readonly width: number | null;
  readonly numeric: boolean;
  readonly sort: StreamSort | null;
};

/** Never taken away: without them a row is nobody's. */
export const FIXED_COLUMNS: readonly StreamColumn[] = ['health', 'name'];

export const DEFAULT_COLUMNS: readonly StreamColumn[] = [
  'health',
  'name',
  'shards',
  'bytes-in',
  'records-in',
  'bytes-out',
  'throttled',
  'lag',
  'hottest',
  'strip',
  'age',
];

const number = (head: string, title: string, width: number, sort: StreamSort): ColumnFacts => ({
  head,
  title,
  width,
  numeric: true,
  sort,
});

export const COLUMN_FACTS: Readonly<Record<StreamColumn, ColumnFacts>> = {
  health: {
    head: 'Health',
    title: 'Worst first: what needs you, what to watch, what is unknown',
    width: null,
    numeric: false,
    sort: 'health',
  },
  name: {
    head: 'Stream',
    title: 'Stream, its mode and status',
    width: null,
    numeric: false,
    sort: 'name',
  },
  shards: number('Shards', 'Open shards', 62, 'shards'),
  'bytes-in': number(
    'Bytes in',
    'Accepted from producers, partition keys included (IncomingBytes), and its share of what all open shards take together',
    92,
    'bytes-in',
  ),
  'records-in': number(
    'Records in',
    'Accepted from producers (IncomingRecords), and its share of what all open shards take together',
    92,
    'records-in',
  ),
  'bytes-out': number(
    'Bytes out',
    'Read by GetRecords (GetRecords.Bytes), and its share of what all open shards give together to those who poll',
    92,
    'bytes-out',
  ),
  'records-out': number(
    'Records out',
    'Read by GetRecords (GetRecords.Records)',
    92,
    'records-out',
  ),
  throttled: number(
    'Throttled',
    'Records refused, and GetRecords calls refused, in the period',
    84,
    'throttled',
  ),
  lag: number(
    'Iterator age',
    'How far the slowest reader by GetRecords is behind (GetRecords.IteratorAgeMilliseconds, maximum of the period)',
    92,
    'lag',
  ),
  hottest: {
    head: 'Hottest shard',
    title: 'The open shard that uses its tightest limit most',
    width: 140,
    numeric: false,
    sort: 'hottest',
  },
  strip: {
    head: 'Strip',
    title: 'Open shards over the hash-key space: the worst use of the tightest limit in each part',
    width: 132,
    numeric: false,
    sort: null,
  },
  mode: {
    head: 'Mode',
    title: 'Capacity mode: who chooses the number of shards',
    width: 96,
    numeric: false,
    sort: 'mode',
  },
  retention: number('Retention', 'How long records can be read', 84, 'retention'),
  consumers: number(
    'Consumers',
    'Consumers of every kind that were found, and the one that is worst off',
    224,
    'consumers',
  ),
  encryption: {
    head: 'Encryption',
    title: 'At rest, by a key of AWS KMS',
    width: 88,
    numeric: false,
    sort: 'encryption',
  },
  account: {
    head: 'Account',
    title: 'The AWS account that the stream belongs to, by its ARN',
    width: 116,
    numeric: false,
    sort: null,
  },
  tags: {
    head: 'Tags',
    title: 'What the stream is tagged with (ListTagsForStream); search by tag:key=value',
    width: 190,
    numeric: false,
    sort: null,
  },
  created: number('Created', 'How long the stream has been there', 84, 'created'),
  age: number('Age', 'How long ago these figures were read from CloudWatch', 98, 'age'),
};

/** The columns that are shown, in their order, whatever was asked for: the fixed ones are always among them. */
export function shownColumns(asked: readonly string[]): readonly StreamColumn[] {
  return STREAM_COLUMNS.filter((id) => FIXED_COLUMNS.includes(id) || asked.includes(id));
}

export function sameColumns(a: readonly StreamColumn[], b: readonly StreamColumn[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}

/** What health and name need at least, CSS pixels. */
const SHARED_WIDTH_MIN = 210;

/** Less than this and the page would have to be scrolled sideways, CSS pixels. */
export function tableWidthMin(columns: readonly StreamColumn[]): number {
  return columns.reduce((sum, id) => sum + (COLUMN_FACTS[id].width ?? SHARED_WIDTH_MIN), 0);
}
