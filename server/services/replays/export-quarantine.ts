import type { Role } from '#server/auth/role.ts';
import { envelopeLine } from '#server/db/replay/quarantine-line.ts';
import { readQuarantine } from '#server/db/replay/read-quarantine.ts';
import { audited } from '#server/services/audit/audited.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { knownRun } from './known-run.ts';

/** Each may be as large as a record. */
const ROWS_PER_READ = 20;

/**
 * All that a replay put into quarantine, as lines of the envelope format: mended, they can be put into an archive and replayed. That
 * payloads left the house is written into the audit before any does.
 * @throws ServiceError `not-found`, `unavailable`
 */
export async function exportQuarantine(args: {
  ctx: Pick<ServiceContext, 'database' | 'log'>;
  actor: { readonly name: string; readonly role: Role };
  input: { readonly id: number };
}): Promise<AsyncIterable<string>> {
  const { ctx, actor, input } = args;
  await knownRun(ctx, input.id);
  return audited({
    ctx,
    intent: { actor: actor.name, role: actor.role, procedure: 'replays.exportQuarantine', input },
    outcomeOf: () => ({ outcome: 'ok' }),
    run: async () => linesOf(ctx, input.id),
  });
}

async function* linesOf(
  { database }: Pick<ServiceContext, 'database'>,
  id: number,
): AsyncGenerator<string, void> {
  for (let after: number | null = null; ; ) {
    const rows = await readQuarantine(database, id, after, ROWS_PER_READ);
    for (const row of rows) yield envelopeLine(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_READ) return;
    after = last.id;
  }
}
