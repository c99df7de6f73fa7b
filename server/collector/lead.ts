import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import { type Tier, tiersOf } from '#lib/domain/roll-up.ts';
import { streamMetricsOf } from '#lib/domain/shard-metric.ts';
import { streamFilter } from '#server/config/stream-filter.ts';
import { type CollectorLease, LeaseLost, renewLease } from '#server/db/collector-lease.ts';
import { loadTrackedStreams } from '#server/db/load-tracked-streams.ts';
import type { Notification } from '#server/db/notification.ts';
import { backfillRound } from './backfill-round.ts';
import type { Collection } from './collection.ts';
import type { CollectorDependencies } from './collector.ts';
import { startConsumers } from './consumers/start-consumers.ts';
import { detailsRound } from './details-round.ts';
import { nextDueMs, retryDelayMs } from './due.ts';
import { deleteOtherTiers, expiryRound } from './expiry-round.ts';
import { openListing } from './listing.ts';
import { type Loop, startLoop } from './loop.ts';
import { LIVE_PERIODS_MAX, metricsRound } from './metrics-round.ts';
import { openBudget } from './open-budget.ts';
import { startQuotaLoops } from './quota-loops.ts';
import { setupRound } from './setup-round.ts';
import { openStoreWriter } from './store-writer.ts';
import { startTagsLoop } from './tags-loop.ts';
import { isWide, type TrackedStream, trackStream } from './tracked-stream.ts';
import { watchRound } from './watch-round.ts';

export const LEASE_TTL_MS = 6_000;
const RENEW_EVERY_MS = 2_000;

/** The embedded world is asked again soon, as it costs nothing: who starts it waits for its first listing. */
const LOOPBACK_RETRY_SECONDS = 0.25;

/** A stream that is being changed is looked into this often. */
const CHANGING_SECONDS = 2;

const EXPIRE_EVERY_MS = 10 * 60_000;
const BACKFILL_RETRY_MS = 15_000;

export type Leading = {
  readonly collection: Collection;
  onNotification(notification: Notification): void;
  /** Ends when the signal is aborted; rejects when the lease is lost or the store cannot be reached. */
  readonly done: Promise<void>;
};

/** Begins to collect one connection, on the strength of its lease. */
export async function lead(
  dependencies: CollectorDependencies,
  lease: CollectorLease,
  outer: AbortSignal,
): Promise<Leading> {
  const { connection, database } = dependencies;
  const tiers = tiersOf(connection.metrics.periodSeconds);
  const collection = await beginCollection(dependencies, lease, tiers);
  await deleteOtherTiers(collection);
  const over = new AbortController();
  const signal = AbortSignal.any([outer, over.signal]);
  const listing = openListing(collection, signal);
  const firstListing = Promise.withResolvers<void>();
  let listingFailuresInARow = 0;
  const embedded = connection.credentials.kind === 'embedded';
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  const renewal = startLoop(async () => {
    if (!(await renewLease(database, lease, LEASE_TTL_MS))) {
      throw new LeaseLost(`Somebody else collects connection "${connection.name}" now.`);
    }
    return RENEW_EVERY_MS;
  }, signal);

  const metricsLoop = (isOurs: (stream: TrackedStream) => boolean) =>
    startLoop(async () => {
      // What is remembered may be of a world that ended: nothing is asked for before somebody has looked.
      await firstListing.promise;
      await watchRound(collection);
      return metricsRound(collection, listing, isOurs, signal);
    }, signal);
  const metrics = [metricsLoop((stream) => !isWide(stream)), metricsLoop(isWide)];
  const wakeMetrics = () => {
    for (const loop of metrics) loop.wake();
  };

  const topology = startLoop(async () => {
    const { topologySeconds } = connection.cadence;
    try {
      await listing.refresh();
      listingFailuresInARow = 0;
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      listingFailuresInARow += 1;
      return retryDelayMs(
        listingFailuresInARow,
        embedded ? LOOPBACK_RETRY_SECONDS : topologySeconds,
      );
    } finally {
      firstListing.resolve();
    }
    // On the monotonic clock: how often others have their turn is no matter of dates.
    const sweeps = performance.now() - sweptAtMs >= topologySeconds * 1000;
    if (sweeps) sweptAtMs = performance.now();
    await detailsRound(collection, sweeps, wakeMetrics, signal);
    const settingUp = await setupRound(collection, signal);
    const changing =
      settingUp || [...collection.streams.values()].some((s) => s.summary.status !== 'ACTIVE');
    return Math.min(topologySeconds, changing ? CHANGING_SECONDS : topologySeconds) * 1000;
  }, signal);

  const backfill = startLoop(async () => {
    try {
      await backfillRound(collection, listing, signal);
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      return BACKFILL_RETRY_MS;
    }
    return 1_000;
  }, signal);

  const expiry = startLoop(async () => {
    await expiryRound(collection, signal);
    return EXPIRE_EVERY_MS;
  }, signal);

  const consumers = startConsumers(
    collection,
    {
      listed: firstListing.promise,
      thresholds: dependencies.consumerThresholds ?? THRESHOLDS,
      lookInto(streamName) {
        collection.pending.add(streamName);
        topology.wake();
      },
    },
    signal,
  );
  const quotas = startQuotaLoops(collection, signal);
  const tags = startTagsLoop(collection, firstListing.promise, signal);
  const loops: readonly Loop[] = [
    renewal,
    ...metrics,
    topology,
    backfill,
    expiry,
    ...quotas,
    tags,
    ...consumers.loops,
  ];
  return {
    collection,
    onNotification(notification) {
      if (notification.kind === 'watch' && collection.streams.has(notification.streamId)) {
        wakeMetrics();
      }
      if (notification.kind === 'discover' && notification.connection === connection.name) {
        consumers.discover();
      }
      if (notification.kind === 'collect' && notification.connection === connection.name) {
        if (notification.streamName !== undefined) {
          if (collection.takesIn(notification.streamName)) {
            collection.pending.add(notification.streamName);
            tags.lookInto(notification.streamName);
          }
          topology.wake();
          return;
        }
        for (const stream of collection.streams.values()) stream.metricsDueAtMs = 0;
        sweptAtMs = Number.NEGATIVE_INFINITY;
        topology.wake();
        wakeMetrics();
        consumers.discover();
      }
    },
    done: endTogether(loops, over),
  };
}

/** When one loop fails, all end; the first reason is the one to tell. */
async function endTogether(loops: readonly Loop[], over: AbortController): Promise<void> {
  try {
    await Promise.all(loops.map((loop) => loop.done));
  } finally {
    over.abort();
    await Promise.allSettled(loops.map((loop) => loop.done));
  }
}

async function beginCollection(
  dependencies: CollectorDependencies,
  lease: CollectorLease,
  tiers: readonly Tier[],
): Promise<Collection> {
  const { connection, aws, database, log, nowMs } = dependencies;
  const frameAgeMaxMs = tiers[0]?.keepMs ?? 0;
  const stored = await loadTrackedStreams(database, connection.name, nowMs() - frameAgeMaxMs);
  const budget = await openBudget(database, connection, nowMs());
  return {
    connection,
    aws,
    database,
    write: openStoreWriter(database, lease),
    log,
    nowMs: () => nowMs() + aws.clockSkewMs(),
    tiers,
    streamMetrics: streamMetricsOf(connection.metrics.also),
    budget,
    backfillNotBeforeMs: 0,
    livePeriodsMax: dependencies.livePeriodsMax ?? LIVE_PERIODS_MAX,
    takesIn: streamFilter(connection.include, connection.exclude),
    streams: new Map(
      stored.map(({ streamId, summary, cadenceSeconds, failure, topologies, collectedAtMs }) => [
        streamId,
        trackStream(streamId, summary, cadenceSeconds, {
          topologies,
          storedFailure: failure,
          metricsReadAtMs: collectedAtMs,
          // Where money is counted, starting again is no reason to read everything once more.
          ...(budget !== null &&
            collectedAtMs !== null && { metricsDueAtMs: nextDueMs(collectedAtMs, cadenceSeconds) }),
        }),
      ]),
    ),
    consumerMetrics: new Map(),
    pending: new Set(),
    listed: new Map(),
    unreadable: new Map(),
    storedUnreadable: null,
    listedAtMs: null,
    failures: { listing: null },
    storedFailure: null,
  };
}
