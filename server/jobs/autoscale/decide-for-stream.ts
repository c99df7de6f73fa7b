import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { type AutoscaleDecision, decideAutoscale } from '#lib/domain/reshard/autoscale/decide.ts';
import {
  type DecisionOutcome,
  foldDecision,
  type KeptDecision,
  keptDecision,
} from '#lib/domain/reshard/autoscale/fold-decisions.ts';
import { decisionWords } from '#lib/reshard/autoscale-words.ts';
import {
  type DecisionResult,
  readDecisions,
  writeDecision,
} from '#server/db/autoscale/decisions.ts';
import { type PolicyClaim, proveClaim } from '#server/db/autoscale/policies.ts';
import { LeaseLost, type Transaction } from '#server/db/collector-lease.ts';
import type { StoredProposal, stream as streamTable } from '#server/db/schema.ts';
import { audited } from '#server/services/audit/audited.ts';
import { observeStreamFacts } from '#server/services/autoscale/observe-stream-facts.ts';
import { planAction } from '#server/services/autoscale/plan-action.ts';
import type { ReshardContext } from '#server/services/reshard/plan-reshard.ts';
import { startReshard } from '#server/services/reshard/start-reshard.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { requireWritable } from '#server/services/streams/require-writable.ts';

/** As whom policies act, in the audit and as those who begin reshards. */
export const AUTOSCALE_ACTOR = 'autoscale';

/** What was planned longer ago is planned anew: the load that it rests on is not of now. */
const PROPOSAL_MS_MAX = 15 * 60_000;

type Stream = typeof streamTable.$inferSelect;
type Made = Pick<KeptDecision, 'outcome' | 'words'> & DecisionResult;
type Act = (outcome: DecisionOutcome, rest?: Partial<Omit<Made, 'outcome'>>) => Promise<void>;

/**
 * Makes the decision that was claimed, keeps it with its figures and reason, and does what it says:
 *
 *   observe -> decide -> plan -> propose, or begin
 *
 * What is written proves the claim in its own transaction, and a reshard is begun in the one in which its decision is
 * kept: whoever dies in between has begun nothing, and nothing is begun twice.
 * @throws LeaseLost where another decision was begun meanwhile, or the policy was set anew: nothing was done then
 */
export async function decideForStream(
  ctx: ReshardContext,
  claim: PolicyClaim,
  signal: AbortSignal,
): Promise<void> {
  const { database } = ctx;
  const { settings, mode, revision, streamId } = claim;
  const observed = await observeStreamFacts(database, streamId, claim);
  if (observed === null) return;
  const decision = decideAutoscale(settings, observed.facts);
  const kept = (outcome: DecisionOutcome, words: string | null) =>
    keptDecision({ mode, revision, decision, outcome, words });

  const writeIn = async (tx: Transaction, made: Made) => {
    await proveClaim(tx, claim);
    await writeDecision(tx, streamId, kept(made.outcome, made.words), made);
  };
  const keep: Act = (outcome, rest) =>
    database.db.transaction((tx) => writeIn(tx, { ...NOTHING, ...rest, outcome }));

  if (decision.action.do === 'nothing') return keep('none');
  try {
    if (mode === 'act') {
      await requireWritable({ ctx, input: { connection: claim.connection } });
    } else if (await stillProposed(ctx, streamId, kept('proposed', null))) {
      return await keep('proposed');
    }
    const { stream, facts } = observed;
    const planned = await planAction({
      ctx,
      stream: nameOf(stream),
      action: decision.action,
      settings,
      nowMs: facts.nowMs,
      signal,
    });
    if (!planned.ok) return await keep('refused', { words: planned.words });
    const { proposal } = planned;
    if (mode === 'advise') return await keep('proposed', { proposal });
    await begin(ctx, stream, decision, proposal, (tx, jobId) =>
      writeIn(tx, { ...NOTHING, outcome: 'started', proposal, jobId }),
    );
  } catch (error) {
    const failed = outcomeOfError(error);
    if (failed === null) throw error;
    await keep(failed.outcome, { words: failed.words });
  }
}

const NOTHING: Omit<Made, 'outcome'> = { words: null, proposal: null, jobId: null };

/** Whether the same was proposed a short time ago: it is not planned again, each time that it is decided again. */
async function stillProposed(
  { database }: ReshardContext,
  streamId: number,
  next: KeptDecision,
): Promise<boolean> {
  const [newest] = await readDecisions(database, streamId, 1);
  if (newest?.proposal == null || foldDecision(newest, next) === null) return false;
  return next.fromMs - newest.proposal.load.untilMs < PROPOSAL_MS_MAX;
}

/** By the same service as a person, who would have typed the name: with the policy they allowed for it. */
async function begin(
  ctx: ReshardContext,
  stream: Stream,
  decision: AutoscaleDecision,
  { goal, load, fingerprint, planFingerprint }: StoredProposal,
  alongside: (tx: Transaction, jobId: number) => Promise<void>,
): Promise<void> {
  const named = nameOf(stream);
  const approved = { fingerprint, planFingerprint, typedName: stream.name, ignoresLag: false };
  const purpose = decisionWords(decision);
  const input = { ...named, goal, load, ...approved, purpose };
  await audited({
    ctx,
    intent: { actor: AUTOSCALE_ACTOR, role: 'operator', procedure: 'reshard.start', input },
    run: () => startReshard({ ctx, actor: AUTOSCALE_ACTOR, input, alongside }),
    outcomeOf: () => ({ outcome: 'ok' }),
  });
  ctx.log.info({ stream: stream.name, goal, purpose }, 'a policy began a reshard');
}

function nameOf({ connection, name, id }: Stream) {
  return { connection, streamName: name, streamId: id };
}

/** null: it is no answer of AWS nor of a service, and the decision cannot be kept either. */
function outcomeOfError(
  error: unknown,
): { readonly outcome: 'refused' | 'failed'; readonly words: string } | null {
  if (error instanceof LeaseLost) return null;
  if (error instanceof ServiceError) {
    const stands = error.kind === 'read-only' || error.kind === 'invalid';
    return { outcome: stands ? 'refused' : 'failed', words: error.message };
  }
  return error instanceof AwsFailure ? { outcome: 'failed', words: error.message } : null;
}
