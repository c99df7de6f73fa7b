import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { LIMIT_NAMES } from '#lib/strip/limit-lines.ts';
import type { ShardRowModel } from './read-shard-line.ts';

type Value = string | number | null;

/** A column of an export. `unit` is null for what has none: ids, keys, states. */
type ExportColumn = {
  readonly name: string;
  readonly unit: string | null;
  readonly of: (row: ShardRowModel) => Value;
};

/** Every column of the shard table, exact: nothing is rounded or shortened. */
const COLUMNS: readonly ExportColumn[] = [
  { name: 'shard id', unit: null, of: ({ facts }) => facts.shard.shardId },
  { name: 'state', unit: null, of: ({ facts }) => facts.state },
  {
    name: 'tightest limit',
    unit: null,
    of: ({ reading }) => {
      const limit = reading?.tightest.limit ?? null;
      return limit === null ? null : LIMIT_NAMES[limit];
    },
  },
  figure('use of tightest limit', '%', ({ reading }) => percent(reading?.tightest.use)),
  figure('throttled', 'records in the period', (row) => row.reading?.figures.writeThrottledRecords),
  figure('bytes in', 'B/s', (row) => row.reading?.figures.writeBytesPerSecond),
  figure('records in', 'records/s', (row) => row.reading?.figures.writeRecordsPerSecond),
  figure('write bytes', '% of 1 MiB/s', (row) => percent(row.reading?.use.writeBytes)),
  figure('write records', '% of 1,000 records/s', (row) => percent(row.reading?.use.writeRecords)),
  figure('read bytes', '% of 2 MiB/s', (row) => percent(row.reading?.use.readBytes)),
  figure('bytes out', 'B/s', (row) => row.reading?.figures.readBytesPerSecond),
  figure('records out', 'records/s', (row) => row.reading?.figures.readRecordsPerSecond),
  figure(
    'reads refused',
    'GetRecords calls in the period',
    (row) => row.reading?.figures.readThrottledCalls,
  ),
  figure('iterator age', 'ms', (row) => row.reading?.figures.iteratorAgeMs),
  {
    name: 'first hash key',
    unit: 'hexadecimal',
    of: ({ facts }) => hashKeyToHex(facts.range.start),
  },
  { name: 'last hash key', unit: 'hexadecimal', of: ({ facts }) => hashKeyToHex(facts.range.end) },
  { name: 'first hash key', unit: 'decimal', of: ({ facts }) => facts.shard.startingHashKey },
  { name: 'last hash key', unit: 'decimal', of: ({ facts }) => facts.shard.endingHashKey },
  figure('share of the ring', '%', ({ facts }) => percent(facts.share)),
  {
    name: 'made at',
    unit: 'UTC',
    of: ({ facts: { createdAtMs } }) =>
      createdAtMs === null ? null : new Date(createdAtMs).toISOString(),
  },
  { name: 'parents', unit: null, of: ({ facts }) => facts.parents.join(' ') },
  { name: 'children', unit: null, of: ({ childShardIds }) => childShardIds.join(' ') },
  {
    name: 'starting sequence number',
    unit: null,
    of: ({ facts }) => facts.shard.startingSequenceNumber,
  },
  {
    name: 'ending sequence number',
    unit: null,
    of: ({ facts }) => facts.shard.endingSequenceNumber,
  },
];

/** Names of the columns with their units. @example 'bytes in (B/s)' */
export const EXPORT_HEADER: readonly string[] = COLUMNS.map(({ name, unit }) =>
  unit === null ? name : `${name} (${unit})`,
);

/** A row in the order of `EXPORT_HEADER`; null where nothing is known. */
export function exportRow(row: ShardRowModel): readonly Value[] {
  return COLUMNS.map((column) => column.of(row));
}

/** A line of CSV as RFC 4180 has it, its end included; what is unknown is empty. */
export function csvLine(values: readonly Value[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: Value): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function figure(
  name: string,
  unit: string,
  of: (row: ShardRowModel) => number | null | undefined,
): ExportColumn {
  return {
    name,
    unit,
    of: (row) => {
      const value = of(row);
      return value === null || value === undefined || Number.isNaN(value) ? null : value;
    },
  };
}

function percent(share: number | undefined): number | null {
  return share === undefined ? null : share * 100;
}
