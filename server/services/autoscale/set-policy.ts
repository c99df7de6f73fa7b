import {
  type AutoscaleMode,
  type AutoscalePolicy,
  policyFault,
} from '#lib/domain/reshard/autoscale/policy.ts';
import { POLICY_FAULT_WORDS } from '#lib/reshard/autoscale-words.ts';
import { setPolicy as storePolicy } from '#server/db/autoscale/policies.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { requireWritable } from '#server/services/streams/require-writable.ts';
import { type NamedStream, presentStream } from './present-stream.ts';

/**
 * Sets when a stream is scaled by itself; it decides anew at once.
 * @throws ServiceError `invalid` settings, `conflict` where somebody has set it since it was looked at, `read-only`
 *   where it shall act and may not, `not-found`
 */
export async function setPolicy(args: {
  ctx: Pick<ServiceContext, 'database' | 'aws'>;
  actor: string;
  input: NamedStream & {
    readonly mode: AutoscaleMode;
    readonly settings: AutoscalePolicy;
    /** Of the policy that was looked at; null: there was none. */
    readonly revision: number | null;
  };
}): Promise<{ readonly revision: number }> {
  const { ctx, actor, input } = args;
  const { connection, mode, settings, revision } = input;
  const fault = policyFault(settings);
  if (fault !== null) {
    throw new ServiceError('invalid', `Nothing was set. ${POLICY_FAULT_WORDS[fault]}`);
  }
  const stream = await presentStream(ctx.database, input);
  if (mode !== 'off' && stream.mode === 'ON_DEMAND') {
    throw new ServiceError(
      'invalid',
      `Nothing was set: Kinesis itself chooses the shards of ${stream.name}, which is on demand. A policy is for provisioned streams.`,
    );
  }
  if (mode === 'act') await requireWritable({ ctx, input: { connection } });
  const policy = { streamId: stream.id, connection, mode, settings, setBy: actor };
  const stored = await storePolicy(ctx.database, policy, revision);
  if (stored === null) {
    throw new ServiceError(
      'conflict',
      `Nothing was set: somebody else has set the policy of ${stream.name} since you looked. It is shown anew; set it again if you still want to.`,
    );
  }
  return { revision: stored.revision };
}
