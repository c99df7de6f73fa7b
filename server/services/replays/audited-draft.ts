import { z } from 'zod';
import { settingFacts } from '#lib/replay/setting-facts.ts';
import { readReplayRun } from '#server/db/replay/run.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

const question = z.object({ id: z.int().positive() });

/**
 * What a draft comes to, for the audit of what is done with it as a whole: its autosaves leave no row of their own. In words as
 * viewers see them, so without partition keys and expressions, which may name people.
 *
 * @param input as it was sent, not checked yet
 * @returns null where there is no such replay
 */
export async function auditedDraft(
  { database }: Pick<ServiceContext, 'database'>,
  input: unknown,
): Promise<unknown> {
  const asked = question.safeParse(input);
  const run = asked.success ? await readReplayRun(database, asked.data.id) : null;
  if (run === null) return null;
  const { draft, pace, quarantineOf, revision, state } = run;
  return {
    state,
    revision,
    settings: settingFacts({ ...draft, pace }, quarantineOf).map(
      ({ step, name, value }) => `${step}: ${name}: ${value}`,
    ),
  };
}
