import { suggestedPolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import type {
  AutoscalePolicyView,
  AutoscaleView,
  DecisionView,
} from '#lib/reshard/autoscale-view.ts';
import { readDecisions, type StoredDecision } from '#server/db/autoscale/decisions.ts';
import { readPolicy, type StoredPolicy } from '#server/db/autoscale/policies.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { type NamedStream, presentStream } from './present-stream.ts';

const DECISIONS_SHOWN = 60;

/** The policy of a stream and what it decided of late. @throws ServiceError `not-found` */
export async function getAutoscale(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: NamedStream;
}): Promise<AutoscaleView> {
  const { database } = args.ctx;
  const stream = await presentStream(database, args.input);
  const [readAtMs, policy, decisions] = await Promise.all([
    readServerTimeMs(database),
    readPolicy(database, stream.id),
    readDecisions(database, stream.id, DECISIONS_SHOWN + 1),
  ]);
  const shown = decisions.slice(0, DECISIONS_SHOWN).map(decisionView);
  const [newest] = shown;
  return {
    readAtMs,
    policy: policyView(policy, stream.openShardCount),
    decisions: shown,
    hasMore: decisions.length > DECISIONS_SHOWN,
    // What was proposed by another policy, or before it was switched off, is history.
    open:
      newest?.outcome === 'proposed' &&
      policy?.mode === 'advise' &&
      newest.revision === policy.revision
        ? newest
        : null,
  };
}

function policyView(stored: StoredPolicy | null, openShardCount: number): AutoscalePolicyView {
  if (stored === null) {
    return { mode: 'off', settings: suggestedPolicy(openShardCount), set: null };
  }
  const { mode, settings, revision, setBy, setAt, dueAt } = stored;
  const set = { revision, by: setBy, atMs: setAt.getTime(), dueAtMs: dueAt.getTime() };
  return { mode, settings, set };
}

/** The goal stays here: what is applied is named by its decision and by the plan that was seen. */
function decisionView({ streamId: _, proposal, ...row }: StoredDecision): DecisionView {
  if (proposal === null) return { ...row, proposal };
  const { goal: _goal, load: _load, fingerprint: _fingerprint, ...shown } = proposal;
  return { ...row, proposal: shown };
}
