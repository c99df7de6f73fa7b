import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { classifyTable } from '#lib/domain/consumers/classify-table.ts';
import {
  type DescribedTable,
  deleteConsumerTables,
  upsertConsumerTables,
} from '#server/db/consumers/consumer-tables.ts';
import { readConsumerTables } from '#server/db/consumers/read-consumer-tables.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import { followTable, setReadCapacity } from './followed-table.ts';
import { dropApplications } from './keep-applications.ts';
import { askApi } from './note-api.ts';
import { applicationsIn } from './read-table.ts';

/** A table stays what it is by its keys, unless it was deleted and made again; its capacity may change. */
export const DESCRIBE_AGAIN_MS = { consumers: 3_600_000, others: 24 * 3_600_000 } as const;

/** Described before they are followed: the first tables need not wait for the last of thousands. */
const TABLES_PER_STEP = 20;

/**
 * Looks through the tables of the account for those that consumers keep their state in. Each is described once, and
 * now and then again.
 */
export async function findTables(
  consumers: ConsumerCollection,
  signal: AbortSignal,
): Promise<void> {
  const { collection, describedAgainAtMs } = consumers;
  const { aws, connection } = collection;
  const listed = await askApi(consumers, 'dynamodb:ListTables', signal, () =>
    aws.consumers.listTables(signal),
  );
  if (listed === null) return;
  await dropTables(consumers, new Set(listed));
  await readHands(consumers);

  const nowMs = performance.now();
  const due = listed.filter((name) => {
    const againAtMs = describedAgainAtMs.get(name);
    return againAtMs === undefined || againAtMs <= nowMs;
  });
  if (due.length === 0) return;
  await askApi(consumers, 'dynamodb:DescribeTable', signal, async () => {
    const denied: AwsFailure[] = [];
    for (let from = 0; from < due.length; from += TABLES_PER_STEP) {
      const described: DescribedTable[] = [];
      for (const name of due.slice(from, from + TABLES_PER_STEP)) {
        const one = await describe(consumers, name, signal);
        if (one instanceof AwsFailure) denied.push(one);
        else if (one !== null) described.push(one);
      }
      await collection.write((tx) => upsertConsumerTables(tx, connection.name, described));
      for (const table of described) follow(consumers, table);
    }
    // Some may be leases of streams that are read: who looks at consumers is told.
    const [first] = denied;
    if (first !== undefined) throw first;
  });
}

async function describe(
  { collection, describedAgainAtMs }: ConsumerCollection,
  tableName: string,
  signal: AbortSignal,
): Promise<DescribedTable | AwsFailure | null> {
  try {
    const table = await collection.aws.consumers.describeTable(tableName, signal);
    const { createdAtMs, readCapacity, itemCount } = table;
    return { tableName, layout: classifyTable(table), createdAtMs, readCapacity, itemCount };
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.retryable) throw error;
    // Deleted since it was listed.
    if (error.kind === 'not-found') return null;
    if (error.kind !== 'access-denied') throw error;
    describedAgainAtMs.set(tableName, performance.now() + DESCRIBE_AGAIN_MS.consumers);
    return error;
  }
}

function follow(
  { collection, tables, describedAgainAtMs }: ConsumerCollection,
  table: DescribedTable,
): void {
  const { tableName, layout, readCapacity } = table;
  const reading = collection.connection.consumers;
  const nowMs = performance.now();
  if (layout === 'other') {
    tables.delete(tableName);
    describedAgainAtMs.set(tableName, nowMs + DESCRIBE_AGAIN_MS.others);
    return;
  }
  describedAgainAtMs.set(tableName, nowMs + DESCRIBE_AGAIN_MS.consumers);
  const known = tables.get(tableName);
  if (known?.layout === layout) {
    setReadCapacity(known, readCapacity, reading);
    return;
  }
  const nothing = { binding: null, boundByHand: null };
  tables.set(tableName, followTable(tableName, layout, readCapacity, reading, nothing));
}

/** Tables that are no longer listed, with the applications whose state they held. */
async function dropTables(
  consumers: ConsumerCollection,
  listed: ReadonlySet<string>,
): Promise<void> {
  const { collection, tables, describedAgainAtMs } = consumers;
  for (const name of describedAgainAtMs.keys()) {
    if (!listed.has(name)) describedAgainAtMs.delete(name);
  }
  const stored = await readConsumerTables(collection.database, collection.connection.name);
  const gone = stored.map(({ tableName }) => tableName).filter((name) => !listed.has(name));
  if (gone.length === 0) return;
  for (const tableName of gone) {
    tables.delete(tableName);
    await dropApplications(consumers, applicationsIn(consumers, { tableName }));
  }
  await collection.write((tx) => deleteConsumerTables(tx, collection.connection.name, gone));
}

/** What people said which stream a table is of: it is written by web. */
async function readHands({ collection, tables }: ConsumerCollection): Promise<void> {
  const stored = await readConsumerTables(collection.database, collection.connection.name);
  for (const { tableName, boundByHand } of stored) {
    const table = tables.get(tableName);
    if (table === undefined || table.boundByHand === boundByHand) continue;
    table.boundByHand = boundByHand;
    table.boundAtMs = Number.NEGATIVE_INFINITY;
    table.dueAtMs = Number.NEGATIVE_INFINITY;
  }
}
