import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { count, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import { startCollector } from '#server/collector/collector.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import * as schema from '#server/db/schema.ts';
import { startPostgres } from '#server/launcher/start-postgres.ts';
import { forkWorld } from '#server/local-aws/testing/fork-world.ts';
import { embeddedConnectionTo, TEST_CONSUMERS } from '#server/testing/embedded-connection.ts';
import { makeApplications } from './make-applications.ts';
import { until } from './until.ts';

const ROUND_SECONDS = 10;
const ROUNDS = 4;
/** Rows that a page of a scan has at most: ScanPace. */
const ROWS_PER_PAGE = 1_000;
const METRICS_PER_PAGE = 500;
/** IncomingBytes and six more of each shard, and 19 of the stream. */
const METRICS_OF = { shard: 7, stream: 19 };

/**
 * What a real collector asks of an embedded world to know the lag of `applications` on a stream of `shards`, over some
 * rounds in which all of them are read:
 *
 * - `kinesisReads`: GetRecords and GetShardIterator
 * - `calls`: of GetMetricData and Scan, by which lag is known; may be `leasePages` + `metricPages`: the pages that as
 *   many rows and metrics have, as often as they were read
 * - `collectCpuMsPerRound`: CPU of the collector, all of it; `longestPauseMs`: longest time that its event loop stood
 */
export async function collectLag(
  applications: number,
  shards: number,
): Promise<Record<string, number>> {
  const home = await mkdtemp(join(tmpdir(), 'kinetoscope-bench-'));
  // PostgreSQL runs as somebody else when root measures.
  await chmod(home, 0o711);
  const stops: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ home, durable: false, database: 'lag' });
    stops.unshift(() => postgres.stop());
    await migrate(postgres.url);
    const database = openDatabase(postgres.url, {
      connectionsMax: 8,
      onIdleError: () => undefined,
    });
    stops.unshift(() => database.close());
    const world = await forkWorld({ world: { streams: 1, shards } });
    stops.unshift(() => world.stop());
    const connection = embeddedConnectionTo(world.endpoints, 'world', {
      metrics: { periodSeconds: 5, delaySeconds: 0, also: ['success', 'latency'] },
      cadence: {
        watchedSeconds: ROUND_SECONDS,
        unwatchedSeconds: ROUND_SECONDS,
        topologySeconds: 60,
      },
      consumers: {
        ...TEST_CONSUMERS,
        discoverySeconds: 3_600,
        watchedSeconds: ROUND_SECONDS,
        unwatchedSeconds: ROUND_SECONDS,
        onDemandUnitsPerSecond: 10_000,
      },
      backfillHours: 0,
      // With a budget, what is asked for stands in the ledger first.
      budgetDollarsPerDay: 1e6,
    });
    const aws = openAws(connection);
    stops.unshift(async () => aws.close());
    await makeApplications(aws, world.endpoints.dynamodb, applications);
    const stopping = new AbortController();
    const collector = startCollector(
      {
        connection,
        aws,
        database,
        log: pino({ level: 'silent' }),
        nowMs: Date.now,
        holder: 'bench',
      },
      stopping.signal,
    );
    stops.unshift(async () => {
      stopping.abort();
      await collector.done;
    });
    await until(async () => (await readings(database)) >= 2 * applications);
    return await measure(database, aws, applications, shards);
  } finally {
    for (const stop of stops) await stop();
  }
}

async function measure(database: Database, aws: Aws, applications: number, shards: number) {
  const before = {
    readings: await readings(database),
    metrics: await metricsAsked(database),
    calls: aws.callCounts(),
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const cpu = process.cpuUsage();
  await until(async () => (await readings(database)) >= before.readings + ROUNDS * applications);
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const after = aws.callCounts();
  const more = (api: keyof typeof after) => after[api] - before.calls[api];
  const read = (await readings(database)) - before.readings;
  const metrics = (await metricsAsked(database)) - before.metrics;
  const metricsOfReading = METRICS_OF.stream + METRICS_OF.shard * shards;
  return {
    kinesisReads: more('kinesis:GetRecords') + more('kinesis:GetShardIterator'),
    calls: more('dynamodb:Scan') + more('cloudwatch:GetMetricData'),
    // One more for a round that was under way when counting began.
    leasePages: (read + applications) * Math.ceil(shards / ROWS_PER_PAGE),
    // And one more for a reading that was under way.
    metricPages:
      (Math.ceil(metrics / metricsOfReading) + 1) * Math.ceil(metricsOfReading / METRICS_PER_PAGE),
    applicationsRead: read,
    collectCpuMsPerRound: Math.round((user + system) / 1000 / (read / applications)),
    longestPauseMs: Math.round(delay.max / 1e6),
  };
}

/** Metrics that stand in the ledger: before they are asked for. */
async function metricsAsked({ db }: Database): Promise<number> {
  const rows = await db
    .select({ metrics: sql<number>`coalesce(sum(${schema.metricsLedger.metrics}), 0)::int` })
    .from(schema.metricsLedger);
  return rows[0]?.metrics ?? 0;
}

/** Observations that are stored. */
async function readings({ db }: Database): Promise<number> {
  const rows = await db.select({ stored: count() }).from(schema.leaseObservation);
  return rows[0]?.stored ?? 0;
}
