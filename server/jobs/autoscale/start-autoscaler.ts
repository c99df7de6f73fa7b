import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { claimDuePolicy, type PolicyClaim } from '#server/db/autoscale/policies.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import type { Notification } from '#server/db/notification.ts';
import { startTakingUp } from '#server/jobs/take-up.ts';
import type { Logger } from '#server/log.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { decideForStream } from './decide-for-stream.ts';

/** How often a policy decides: its figures are of minutes, but those of the embedded world come by seconds. */
const DECIDE_EVERY_MS = 60_000;
const DECIDE_EMBEDDED_EVERY_MS = 15_000;

/** A notification wakes it when a policy is set. */
const LOOK_EVERY_MS = 2_000;
const STORE_RETRY_MS = 5_000;

/** Decisions that one worker makes at a time: each takes some connections to the database. */
const DECISIONS_MAX = 4;
/** A decision is made anew in its turn: one that AWS keeps waiting must not keep others waiting. */
const DECISION_MS_MAX = 30_000;

/** Shards of topologies that are remembered: plans need the newest of a stream. */
const SHARDS_KEPT_MAX = 40_000;

export type AutoscalerDependencies = {
  readonly database: Database;
  readonly connections: readonly { readonly connection: Connection; readonly aws: Aws }[];
  readonly log: Logger;
};

export type Autoscaler = {
  onNotification(notification: Notification): void;
  /** Resolves when the signal was aborted and no decision is under way. */
  readonly done: Promise<void>;
};

/** Makes the decisions of policies as they come due: of any number of workers, one makes each. */
export function startAutoscaler(
  { database, connections, log }: AutoscalerDependencies,
  signal: AbortSignal,
): Autoscaler {
  const aws = createAwsConnections(
    connections.map(({ connection }) => connection),
    (wanted) => {
      const reached = connections.find(({ connection }) => connection.name === wanted.name);
      if (reached === undefined)
        throw new Error(`Connection "${wanted.name}" is not reached here.`);
      return reached.aws;
    },
  );
  const ctx = { database, topologies: createTopologyCache(SHARDS_KEPT_MAX), aws, log };
  const everyMs = new Map(
    connections.map(({ connection: { name, credentials } }) => [
      name,
      credentials.kind === 'embedded' ? DECIDE_EMBEDDED_EVERY_MS : DECIDE_EVERY_MS,
    ]),
  );

  async function decide(claim: PolicyClaim): Promise<void> {
    const timely = AbortSignal.any([signal, AbortSignal.timeout(DECISION_MS_MAX)]);
    try {
      await decideForStream(ctx, claim, timely);
    } catch (error) {
      // Another decision is on its way, or the process ends; else it is made anew in its turn.
      if (error instanceof LeaseLost || signal.aborted) return;
      log.warn({ err: error, stream: claim.streamId }, 'a policy could not decide');
    }
  }

  const decisions = startTakingUp(
    {
      async take() {
        const claim = await claimDuePolicy(database, everyMs);
        return claim === null ? null : { id: claim.streamId, work: { done: decide(claim) } };
      },
      hasRoom: (works) => works.length < DECISIONS_MAX,
      everyMs: LOOK_EVERY_MS,
      retryMs: STORE_RETRY_MS,
      looksWhenDone: true,
      log,
      failureWords: 'policies could not be looked for; trying again',
    },
    signal,
  );

  return {
    onNotification(notification) {
      if (notification.kind === 'reshard') decisions.wake();
    },
    done: decisions.done,
  };
}
