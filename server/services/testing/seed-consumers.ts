import { sql } from 'drizzle-orm';
import type { ApplicationHealth, LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import type { ApplicationSource } from '#lib/domain/consumers/application-source.ts';
import { applicationSummary } from '#lib/domain/consumers/application-summary.ts';
import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';
import { lagFrameOf, packLagFrame } from '#lib/domain/consumers/lag-frame.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { Database } from '#server/db/client.ts';
import { packBytes, packHealth } from '#server/db/consumers/pack-health.ts';
import { writeApplicationReading } from '#server/db/consumers/write-application-reading.ts';
import { application, lagFrame } from '#server/db/schema.ts';

/** A lease that keeps up, but for `change`. */
export function leaseHealthOf(index: number, change: Partial<LeaseHealth> = {}): LeaseHealth {
  return {
    shardId: shardIdOf(index),
    status: 'OK',
    sinceMs: null,
    unknown: null,
    lag: { kind: 'interval', atLeastMs: 1_000, atMostMs: 4_000, asOfMs: 0, method: 'checkpoint' },
    trend: 'steady',
    backlogRecords: 0,
    backlogBytes: 0,
    owner: `worker-${index % 2}`,
    checkpointOwner: null,
    pace: 1,
    recordsPerSecond: null,
    caughtUpInMs: null,
    lossInMs: null,
    ...change,
  };
}

export function healthOf(
  leases: readonly LeaseHealth[],
  change: Partial<ApplicationHealth> = {},
): ApplicationHealth {
  return {
    status: 'OK',
    sinceMs: null,
    worst: null,
    symptoms: [],
    leases,
    workers: [],
    lag: leases[0]?.lag ?? { kind: 'unknown', reason: 'no-lease' },
    unknownLags: 0,
    trend: 'steady',
    caughtUpInMs: null,
    lossInMs: null,
    backlogRecords: null,
    backlogBytes: null,
    recordsPerSecond: null,
    ...change,
  };
}

/** Writes what a collector would have written of consumers, for tests of those who read it. */
export function seedConsumersOf(database: Database) {
  const { db } = database;
  return {
    /** A KCL application, read just now. @returns its id */
    async application(args: {
      readonly connection: string;
      readonly streamId: number;
      readonly name: string;
    }): Promise<number> {
      const source: ApplicationSource = {
        kind: 'kcl',
        tableName: args.name,
        workersTable: null,
        isMultiStream: false,
        boundBy: 'creation',
      };
      const [row] = await db
        .insert(application)
        .values({
          ...args,
          kind: 'kcl',
          source,
          discoveredAt: sql`now()`,
          readAt: sql`now()`,
          cadenceSeconds: 10,
        })
        .returning({ id: application.id });
      if (row === undefined) throw new Error('The application was not written.');
      return row.id;
    },

    async reading(args: {
      readonly applicationId: number;
      readonly streamId: number;
      readonly observedMs: number;
      readonly health: ApplicationHealth;
      readonly events?: readonly ConsumerEvent[];
    }): Promise<void> {
      const health = await packHealth(args.health);
      await db.transaction((tx) =>
        writeApplicationReading(tx, {
          applicationId: args.applicationId,
          streamId: args.streamId,
          observedMs: args.observedMs,
          cadenceSeconds: 10,
          track: null,
          observation: null,
          summary: { ...applicationSummary(args.health), throughput: null },
          health,
          events: args.events ?? [],
        }),
      );
    },

    async lag(args: {
      readonly applicationId: number;
      readonly periodStartMs: number;
      readonly periodSeconds: number;
      readonly leases: readonly LeaseHealth[];
    }): Promise<void> {
      await db.insert(lagFrame).values({
        applicationId: args.applicationId,
        periodSeconds: args.periodSeconds,
        periodStart: new Date(args.periodStartMs),
        body: await packBytes(packLagFrame(lagFrameOf(args.leases))),
      });
    },
  };
}
