import type { Thresholds } from '#lib/domain/consumers/thresholds.ts';
import type { Collection } from '#server/collector/collection.ts';
import { type Loop, startLoop } from '#server/collector/loop.ts';
import { type ConsumerCollection, knownStreams } from './consumer-collection.ts';
import { findManaged } from './find-managed.ts';
import { findTables } from './find-tables.ts';
import type { FollowedTable } from './followed-table.ts';
import { forgetGoneStreams } from './keep-applications.ts';
import { openKnownArrivals } from './known-arrivals.ts';
import { openKnownShards } from './known-shards.ts';
import { metricsTurn } from './metrics-turn.ts';
import { probeTurn } from './probe-turn.ts';
import { nextReadingMs, readTable } from './read-table.ts';
import { rememberConsumers } from './remember-consumers.ts';

/** Between two looks at whether a table is due. */
const LOOK_EVERY_MS = 250;

/** Until shards of a stream are known there is nothing that leases could be of. */
const NOTHING_YET_MS = 500;

export type Consumers = {
  readonly loops: readonly Loop[];
  /** Looks for consumers now, and reads all of them again. */
  discover(): void;
};

/**
 * Looks for the consumers of a connection's streams, and follows each of them. Readings of tables go on beside each
 * other, each as fast as its table allows; what they find is stored one after the other.
 */
export function startConsumers(
  collection: Collection,
  given: {
    /** Resolves when what is remembered of streams was held against a listing. */
    readonly listed: Promise<void>;
    readonly thresholds: Thresholds;
    readonly lookInto: (streamName: string) => void;
  },
  signal: AbortSignal,
): Consumers {
  const consumers: ConsumerCollection = {
    collection,
    thresholds: given.thresholds,
    applications: new Map(),
    tables: new Map(),
    describedAgainAtMs: new Map(),
    shards: openKnownShards(collection.database),
    arrivals: openKnownArrivals(collection),
    failures: new Map(),
    probedAtMs: new Map(),
    asksAll: false,
    lookInto: given.lookInto,
  };
  const remembered = given.listed.then(() => rememberConsumers(consumers));
  const { discoverySeconds } = collection.connection.consumers;

  const discoveryLoop = (find: () => Promise<void>) =>
    startLoop(async () => {
      await remembered;
      if (knownStreams(consumers).length === 0) return NOTHING_YET_MS;
      forgetGoneStreams(consumers);
      await find();
      return discoverySeconds * 1000;
    }, signal);
  // Beside each other: to describe thousands of tables for the first time takes minutes.
  const tables = discoveryLoop(() => findTables(consumers, signal));
  const managed = discoveryLoop(() => findManaged(consumers, signal));

  const underWay = new Set<Promise<void>>();
  let broken: { readonly error: unknown } | null = null;
  const begin = async (table: FollowedTable) => {
    table.isBeingRead = true;
    try {
      await readTable(consumers, table, signal);
    } catch (error) {
      broken ??= { error };
    } finally {
      table.isBeingRead = false;
    }
  };
  const readings = startLoop(async () => {
    await remembered;
    if (broken !== null) throw broken.error;
    const nowMs = performance.now();
    for (const table of consumers.tables.values()) {
      // Reports of workers are read with the leases that they belong to.
      if (table.layout === 'workers' || table.isBeingRead) continue;
      if (nextReadingMs(consumers, table) > nowMs) continue;
      const reading = begin(table);
      underWay.add(reading);
      void reading.finally(() => underWay.delete(reading));
    }
    return LOOK_EVERY_MS;
  }, signal);

  const metrics = startLoop(async () => {
    await remembered;
    return metricsTurn(consumers, signal);
  }, signal);

  const probes = collection.connection.consumers.probe
    ? [startLoop(() => probeTurn(consumers, signal), signal)]
    : [];

  return {
    loops: [
      tables,
      managed,
      { ...readings, done: endedWith(readings.done, underWay) },
      metrics,
      ...probes,
    ],
    discover() {
      for (const table of consumers.tables.values()) {
        if (table.failuresInARow === 0) table.dueAtMs = Number.NEGATIVE_INFINITY;
      }
      consumers.asksAll = true;
      tables.wake();
      managed.wake();
    },
  };
}

/** Nothing is under way any more when it resolves, or rejects. */
async function endedWith(loop: Promise<void>, underWay: ReadonlySet<Promise<void>>): Promise<void> {
  try {
    await loop;
  } finally {
    await Promise.allSettled(underWay);
  }
}
