import type { Boundaries } from '#lib/domain/reshard/boundaries.ts';
import { boundariesAfterSteps, type Step } from '#lib/domain/reshard/step.ts';
import type { Database } from '#server/db/client.ts';
import { insertReshardJob } from '#server/db/reshard/reshard-job.ts';
import { storedPlanOf } from '#server/db/reshard/stored-plan.ts';
import { stream } from '#server/db/schema.ts';

/** A stream as a collector would know it. */
export type KnownStream = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamArn: string;
  readonly createdAtMs: number;
  readonly streamId: number;
};

/** Writes the row that a collector would have written. */
export async function makeKnown(
  { db }: Pick<Database, 'db'>,
  described: Omit<KnownStream, 'streamId'> & { readonly openShardCount: number },
): Promise<KnownStream> {
  const { connection, streamName, streamArn, createdAtMs, openShardCount } = described;
  const [row] = await db
    .insert(stream)
    .values({
      connection,
      arn: streamArn,
      createdAtMs,
      name: streamName,
      status: 'ACTIVE',
      mode: 'PROVISIONED',
      openShardCount,
      consumerCount: 0,
      retentionHours: 24,
      encryption: 'NONE',
      cadenceSeconds: 5,
    })
    .returning({ id: stream.id });
  if (row === undefined) throw new Error('The store did not take the stream.');
  return { connection, streamName, streamArn, createdAtMs, streamId: row.id };
}

/** Writes a job of these steps, as a person would have begun it. @throws Error where another one is under way */
export async function beginJob(
  database: Database,
  of: KnownStream,
  from: Boundaries,
  steps: readonly Step[],
): Promise<number> {
  const choice = { method: 'boundaries', because: 'not-uniform' } as const;
  const to = boundariesAfterSteps(from, steps);
  const id = await insertReshardJob(database, {
    connection: of.connection,
    streamId: of.streamId,
    streamName: of.streamName,
    arn: of.streamArn,
    createdAtMs: of.createdAtMs,
    goal: { kind: 'boundaries' },
    plan: storedPlanOf(
      { from, to, steps, peakShards: 99, choice, remarks: [] },
      { choice: '', remarks: [] },
    ),
    ignoresLag: false,
    requestedBy: 'somebody',
    purpose: null,
  });
  if (id === null) throw new Error('Another one is under way.');
  return id;
}
