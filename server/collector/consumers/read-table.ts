import { workersTableOf } from '#lib/domain/consumers/classify-table.ts';
import type { ObservedWorker } from '#lib/domain/consumers/observation.ts';
import { retryDelayMs } from '#server/collector/due.ts';
import { awsFailureOf, failureSince } from '#server/collector/failure.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { setTableFailure, setTableScan } from '#server/db/consumers/consumer-tables.ts';
import { setApplicationsFailure } from '#server/db/consumers/mark-applications.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { bindRows } from './bind-rows.ts';
import {
  type ConsumerCollection,
  knownStreams,
  readingCadenceSeconds,
} from './consumer-collection.ts';
import type { FollowedApplication } from './followed-application.ts';
import type { FollowedTable } from './followed-table.ts';
import { judgeLeases } from './judge-application.ts';
import { dropApplications, keepApplication } from './keep-applications.ts';
import { scanTable } from './scan-table.ts';
import { observationsIn, workersIn } from './table-observations.ts';
import { type Judged, writeJudged } from './write-judged.ts';

/** What nobody may read is tried again this rarely. */
const DENIED_RETRY_MS = 10 * 60_000;

/**
 * Reads a table whole, and stores how the applications in it are. What cannot be read is stored with its cause, and what
 * was known before stays.
 */
export async function readTable(
  consumers: ConsumerCollection,
  table: FollowedTable,
  signal: AbortSignal,
): Promise<void> {
  table.readBeganAtMs = performance.now();
  try {
    await readRows(consumers, table, signal);
    table.failure = null;
    table.failuresInARow = 0;
    table.dueAtMs = table.readBeganAtMs + cadenceOf(consumers, table) * 1000;
  } catch (error) {
    signal.throwIfAborted();
    await noteFailure(consumers, table, error);
  }
}

/** When it is to be read next: sooner, where somebody has begun to look since it was read. */
export function nextReadingMs(consumers: ConsumerCollection, table: FollowedTable): number {
  if (table.failuresInARow > 0) return table.dueAtMs;
  return Math.min(table.dueAtMs, table.readBeganAtMs + cadenceOf(consumers, table) * 1000);
}

/**
 * A table of which no row is of a stream that is read here is only looked at when consumers are searched for, or when
 * there are other streams since.
 */
function cadenceOf(
  consumers: ConsumerCollection,
  { binding, boundAmong }: Pick<FollowedTable, 'binding' | 'boundAmong'>,
): number {
  const streams = streamsIn(consumers, binding);
  const seconds = readingCadenceSeconds(consumers, streams);
  if (streams.length > 0 || boundAmong !== knownStreams(consumers).length) return seconds;
  return Math.max(seconds, consumers.collection.connection.consumers.discoverySeconds);
}

function streamsIn(
  { collection }: ConsumerCollection,
  found: FollowedTable['binding'],
): readonly TrackedStream[] {
  return found.flatMap(({ binding }) =>
    binding.kind === 'bound' ? (collection.streams.get(binding.streamId) ?? []) : [],
  );
}

/** Applications whose state the table holds. */
export function applicationsIn(
  { applications }: ConsumerCollection,
  { tableName }: Pick<FollowedTable, 'tableName'>,
): readonly FollowedApplication[] {
  return [...applications.values()].filter(
    ({ source }) =>
      (source.kind === 'kcl' || source.kind === 'lifion') && source.tableName === tableName,
  );
}

async function readRows(
  consumers: ConsumerCollection,
  table: FollowedTable,
  signal: AbortSignal,
): Promise<void> {
  const { collection } = consumers;
  const workers = table.layout === 'kcl' ? await reportedWorkers(consumers, table, signal) : null;
  const scan = await scanTable(collection, table, signal);
  const found = observationsIn(table, scan, workers);
  const binding = await bindRows(
    consumers,
    table,
    found.map(({ group }) => group),
  );
  const judged: Judged[] = [];
  const present = new Set<FollowedApplication>();
  const cadenceSeconds = readingCadenceSeconds(consumers, streamsIn(consumers, binding));
  for (const [i, { observation, sourceOf }] of found.entries()) {
    const bound = binding[i]?.binding;
    const stream = bound?.kind === 'bound' ? collection.streams.get(bound.streamId) : undefined;
    if (bound?.kind !== 'bound' || stream === undefined) continue;
    const source = sourceOf(bound.by);
    const application = await keepApplication(consumers, stream.streamId, source, cadenceSeconds);
    present.add(application);
    const one = await judgeLeases(consumers, application, stream, observation);
    if (one !== null) judged.push(one);
  }
  const gone = applicationsIn(consumers, table).filter((one) => !present.has(one));
  await dropApplications(consumers, gone);
  await writeJudged(consumers, judged, cadenceSeconds, (tx) =>
    setTableScan(tx, collection.connection.name, table.tableName, {
      binding,
      units: scan.units,
      seconds: scan.seconds,
    }),
  );
  table.binding = binding;
}

/** Out of the table beside the leases, where there is one. One that cannot be read costs no more than what it tells. */
async function reportedWorkers(
  consumers: ConsumerCollection,
  { tableName }: FollowedTable,
  signal: AbortSignal,
): Promise<readonly ObservedWorker[] | null> {
  const table = consumers.tables.get(workersTableOf(tableName));
  if (table?.layout !== 'workers' || table.dueAtMs > performance.now()) return null;
  try {
    const scan = await scanTable(consumers.collection, table, signal);
    if (table.failure !== null) {
      const { connection, write } = consumers.collection;
      await write((tx) => setTableFailure(tx, connection.name, table.tableName, null));
      table.failure = null;
    }
    return workersIn(scan);
  } catch (error) {
    signal.throwIfAborted();
    await noteFailure(consumers, table, error);
    return null;
  }
}

async function noteFailure(
  consumers: ConsumerCollection,
  table: FollowedTable,
  error: unknown,
): Promise<void> {
  const { collection } = consumers;
  const cause = awsFailureOf(error);
  const nowMs = await readServerTimeMs(collection.database);
  const failure = failureSince(table.failure, cause, nowMs);
  const isNew = table.failure?.message !== failure.message;
  table.failure = failure;
  table.failuresInARow += 1;
  const { unwatchedSeconds } = collection.connection.consumers;
  const waitMs = cause.retryable
    ? retryDelayMs(table.failuresInARow, unwatchedSeconds)
    : DENIED_RETRY_MS;
  table.dueAtMs = performance.now() + waitMs;
  if (!isNew) return;
  collection.log.warn(
    { table: table.tableName, cause: failure.message },
    'a table of consumers cannot be read',
  );
  const applications = applicationsIn(consumers, table);
  await collection.write(async (tx) => {
    await setTableFailure(tx, collection.connection.name, table.tableName, failure);
    await setApplicationsFailure(tx, applications, failure);
  });
  for (const application of applications) application.failure = failure;
}
