import { eq, sql } from 'drizzle-orm';
import type { ConsumerEvent } from '#lib/domain/consumers/events.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import {
  application,
  applicationEvent,
  applicationState,
  leaseObservation,
  type StoredSummary,
} from '#server/db/schema.ts';

/** What one reading of an application found, and what follows from it, packed for the store. */
export type ApplicationReading = {
  readonly applicationId: number;
  readonly streamId: number;
  /** On AWS's clock, epoch milliseconds. */
  readonly observedMs: number;
  readonly cadenceSeconds: number;
  /** null for applications without leases. */
  readonly track: Buffer | null;
  readonly observation: Buffer | null;
  readonly summary: StoredSummary;
  readonly health: Buffer;
  readonly events: readonly ConsumerEvent[];
};

/** Writes all of it in the transaction given, so that a collector that takes over goes on from exactly here. */
export async function writeApplicationReading(
  tx: Transaction,
  reading: ApplicationReading,
): Promise<void> {
  const { applicationId, track, summary, health, events } = reading;
  const observedAt = new Date(reading.observedMs);
  const changedAt = new Date(summary.sinceMs ?? reading.observedMs);
  const state = { observedAt, track, summary, health, changedAt };
  await tx
    .insert(applicationState)
    .values({ applicationId, ...state })
    .onConflictDoUpdate({ target: applicationState.applicationId, set: state });
  if (reading.observation !== null) {
    const body = reading.observation;
    await tx
      .insert(leaseObservation)
      .values({ applicationId, observedAt, body })
      .onConflictDoUpdate({
        target: [leaseObservation.applicationId, leaseObservation.observedAt],
        set: { body },
      });
  }
  if (events.length > 0) {
    await tx.insert(applicationEvent).values(
      events.map(({ atMs, shardId, kind, ...detail }) => ({
        applicationId,
        at: new Date(atMs),
        shardId,
        kind,
        detail,
      })),
    );
  }
  await tx
    .update(application)
    .set({
      readAt: sql`clock_timestamp()`,
      failure: null,
      cadenceSeconds: reading.cadenceSeconds,
    })
    .where(eq(application.id, applicationId));
  await notify(tx, { kind: 'consumers', streamId: reading.streamId });
}
