import { type AuditIntent, recordIntent } from '#server/db/audit/record-intent.ts';
import { type AuditOutcome, recordOutcome } from '#server/db/audit/record-outcome.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { redactSecrets } from './redact-secrets.ts';

/**
 * Runs `run` between two entries of the audit: the intent before, the outcome after. What cannot be
 * written down beforehand is not done. An outcome that cannot be written down is logged, and the row stays
 * without one: what happened did happen.
 *
 * @throws ServiceError `unavailable` where the intent cannot be written; `run` was not called then
 */
export async function audited<T>(args: {
  ctx: Pick<ServiceContext, 'database' | 'log'>;
  intent: AuditIntent;
  /** What is written down beside the input: of what it is about to be done to, read before it runs. */
  about?: () => Promise<unknown>;
  run: () => Promise<T>;
  outcomeOf: (result: T) => AuditOutcome;
}): Promise<T> {
  const { ctx, intent } = args;
  let id: number;
  try {
    // No input at all is an empty one: the column takes no null.
    const input = redactSecrets(intent.input) ?? {};
    const about = await args.about?.();
    id = await recordIntent(ctx.database, {
      ...intent,
      input: args.about === undefined ? input : { ...input, about: redactSecrets(about) },
    });
  } catch (error) {
    ctx.log.error({ err: error, procedure: intent.procedure }, 'audit: the intent was not written');
    throw new ServiceError(
      'unavailable',
      'Nothing was done: it could not be written into the audit, because the database does not answer. Try again when it does.',
      { cause: error },
    );
  }
  const record = (outcome: AuditOutcome) =>
    recordOutcome(ctx.database, id, outcome).catch((error: unknown) => {
      ctx.log.error({ err: error, auditId: id, ...outcome }, 'audit: the outcome was not written');
    });
  try {
    const result = await args.run();
    await record(args.outcomeOf(result));
    return result;
  } catch (error) {
    await record({ outcome: 'error', error: String(error) });
    throw error;
  }
}
