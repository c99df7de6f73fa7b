import { markApplied, readDecisions } from '#server/db/autoscale/decisions.ts';
import type { ReshardContext } from '#server/services/reshard/plan-reshard.ts';
import { startReshard } from '#server/services/reshard/start-reshard.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { type NamedStream, presentStream } from './present-stream.ts';

/**
 * Begins just the reshard that a policy proposed last, as a person's own: it is planned once more on the shards as
 * they are now, and must come out the same.
 * @throws ServiceError `conflict` where it is not proposed any more, or the stream has moved since, `invalid` where the
 *   name of the stream has to be typed, `not-found`; AwsFailure
 */
export async function applyProposal(args: {
  ctx: ReshardContext;
  actor: string;
  input: NamedStream & {
    readonly decisionId: number;
    /** Of the plan that was seen. */
    readonly planFingerprint: string;
    readonly typedName: string | null;
  };
}): Promise<{ readonly jobId: number }> {
  const { ctx, actor, input } = args;
  const { connection, streamName, streamId, typedName } = input;
  await presentStream(ctx.database, input);
  const [newest] = await readDecisions(ctx.database, streamId, 1);
  if (newest?.id !== input.decisionId || newest.outcome !== 'proposed') throw overtaken(streamName);
  const { proposal } = newest;
  if (proposal?.planFingerprint !== input.planFingerprint) throw overtaken(streamName);
  const { goal, load, fingerprint, planFingerprint } = proposal;
  return startReshard({
    ctx,
    actor,
    input: {
      connection,
      streamName,
      streamId,
      goal,
      load,
      fingerprint,
      planFingerprint,
      typedName,
      purpose: `Proposed by the autoscale policy (decision ${newest.id})`,
      ignoresLag: false,
    },
    alongside: async (tx, jobId) => {
      if (!(await markApplied(tx, newest, jobId, actor))) throw overtaken(streamName);
    },
  });
}

function overtaken(streamName: string): ServiceError {
  return new ServiceError(
    'conflict',
    `Nothing was begun: the policy of ${streamName} has decided anew since you looked, and proposes something else or nothing. Look at what it says now.`,
  );
}
