import type { TableLayout } from '#lib/domain/consumers/classify-table.ts';
import { ScanPace } from '#lib/domain/consumers/scan-pace.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { ConsumerReading } from '#server/config/config.ts';
import type { TableBindingColumn } from '#server/db/schema.ts';

/** A table that consumers keep their state in, as a collector remembers it. Times are on the monotonic clock. */
export type FollowedTable = {
  readonly tableName: string;
  readonly layout: TableLayout;
  readCapacity: number | null;
  pace: ScanPace;
  /** When it is read again at the latest, or after a failure at the earliest. */
  dueAtMs: number;
  readBeganAtMs: number;
  /** A reading under way is not begun twice. */
  isBeingRead: boolean;
  /** When its rows were last held against all streams. */
  boundAtMs: number;
  /** How many streams there were then. */
  boundAmong: number;
  binding: TableBindingColumn;
  /** The stream that a person chose. */
  boundByHand: number | null;
  failure: CollectionFailure | null;
  failuresInARow: number;
};

export function followTable(
  tableName: string,
  layout: TableLayout,
  readCapacity: number | null,
  reading: ConsumerReading,
  known: { readonly binding: TableBindingColumn | null; readonly boundByHand: number | null },
): FollowedTable {
  return {
    tableName,
    layout,
    readCapacity,
    pace: new ScanPace(unitsPerSecond(readCapacity, reading)),
    dueAtMs: Number.NEGATIVE_INFINITY,
    readBeganAtMs: Number.NEGATIVE_INFINITY,
    isBeingRead: false,
    boundAtMs: Number.NEGATIVE_INFINITY,
    boundAmong: 0,
    binding: known.binding ?? [],
    boundByHand: known.boundByHand,
    failure: null,
    failuresInARow: 0,
  };
}

/** Its capacity was changed. */
export function setReadCapacity(
  table: FollowedTable,
  readCapacity: number | null,
  reading: ConsumerReading,
): void {
  if (table.readCapacity === readCapacity) return;
  table.readCapacity = readCapacity;
  table.pace = new ScanPace(unitsPerSecond(readCapacity, reading));
}

/** What reading a table may take of its capacity: a share of what is provisioned; on demand there is none to share. */
function unitsPerSecond(readCapacity: number | null, reading: ConsumerReading): number {
  return readCapacity === null ? reading.onDemandUnitsPerSecond : readCapacity * reading.tableShare;
}

/** The stream that rows of this name were found to be of; null: none, or not known. */
export function formerStream(table: FollowedTable, name: string | null): number | null {
  const binding = table.binding.find((one) => one.name === name)?.binding;
  return binding?.kind === 'bound' ? binding.streamId : null;
}
