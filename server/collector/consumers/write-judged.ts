import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';
import type { LagFrame } from '#lib/domain/consumers/lag-frame.ts';
import type { KeptObservation } from '#lib/domain/consumers/pack-observation.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { writeLagFrame } from '#server/db/consumers/lag-frames.ts';
import { writeApplicationReading } from '#server/db/consumers/write-application-reading.ts';
import type { StoredSummary } from '#server/db/schema.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import type { FollowedApplication } from './followed-application.ts';

/** One reading of an application, and what follows from it. */
export type Judged = {
  readonly application: FollowedApplication;
  readonly stream: TrackedStream;
  /** On AWS's clock. */
  readonly atMs: number;
  readonly health: ApplicationHealth;
  /** null for applications without leases. */
  readonly track: ApplicationTrack | null;
  readonly kept: KeptObservation | null;
  readonly keptChanges: number;
  readonly summary: StoredSummary;
  readonly packed: {
    readonly track: Buffer | null;
    readonly health: Buffer;
    readonly observation: Buffer | null;
  };
  readonly events: readonly ConsumerEvent[];
  readonly lagFrame: LagFrame;
};

/**
 * Stores readings in one transaction, and only then remembers them: where it fails, the next reading is held against
 * what the store has.
 * @param alsoWrite runs in the same transaction, before them
 */
export async function writeJudged(
  { collection }: Pick<ConsumerCollection, 'collection'>,
  judged: readonly Judged[],
  cadenceSeconds: number,
  alsoWrite: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await collection.write(async (tx) => {
    await alsoWrite(tx);
    for (const { application, atMs, packed, summary, events, lagFrame } of judged) {
      await writeApplicationReading(tx, {
        applicationId: application.applicationId,
        streamId: application.streamId,
        observedMs: atMs,
        cadenceSeconds,
        ...packed,
        summary,
        events,
      });
      await writeLagFrame(tx, application.applicationId, atMs, lagFrame, collection.tiers);
    }
  });
  for (const { application, track, health, kept, keptChanges } of judged) {
    application.track = track;
    application.health = health;
    application.kept = kept;
    application.keptChanges = keptChanges;
    application.cadenceSeconds = cadenceSeconds;
    application.failure = null;
    application.failuresInARow = 0;
  }
}
