import { setTimeout as rest } from 'node:timers/promises';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import { type ReplayRunRow, readReplayRun } from '#server/db/replay/run.ts';
import type { WorldEndpoints } from '#server/local-aws/environment.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createDraft } from '#server/services/replays/create-draft.ts';
import { planReplay } from '#server/services/replays/plan-replay.ts';
import { saveDraft } from '#server/services/replays/save-draft.ts';
import { startReplay } from '#server/services/replays/start-replay.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { CONNECTION } from './replay-settings.ts';
import type { Rig } from './rig.ts';

const ACTOR = 'bench';
const ASK_MS = 50;

/** Has a draft of these settings planned, as a person would. @returns its id, at once */
export async function beginPlanning(
  { database, endpoints }: Rig,
  settings: ReplaySettings,
  pace: PaceSettings,
  reached: WorldEndpoints = endpoints,
): Promise<number> {
  const aws = createAwsConnections([embeddedConnectionTo(reached, CONNECTION)]);
  try {
    const ctx = { database, aws };
    const { id } = await createDraft({ ctx, actor: ACTOR, input: { from: 'nothing' } });
    const draft = { ...NEW_DRAFT, ...settings, pace, step: 'plan' } as const;
    const { revision } = await saveDraft({ ctx, input: { id, revision: 1, draft } });
    await planReplay({ ctx, actor: ACTOR, input: { id, revision } });
    return id;
  } finally {
    aws.close();
  }
}

/**
 * Waits for a plan.
 * @param onLook told of each look at the run
 * @throws Error where there comes none within `withinMs`
 */
export async function untilPlanned(
  { database }: Rig,
  id: number,
  withinMs: number,
  onLook: (run: ReplayRunRow) => Promise<void> = async () => undefined,
): Promise<ReplayRunRow> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const run = await readReplayRun(database, id);
    if (run === null) throw new Error(`There is no replay ${id}.`);
    if (run.state === 'planned') return run;
    if (run.state !== 'planning')
      throw new Error(`Not planned: ${run.failure?.words ?? run.state}`);
    if (performance.now() > endMs)
      throw new Error(`Replay ${id} is not planned in ${withinMs} ms.`);
    await onLook(run);
    await rest(ASK_MS);
  }
}

export async function startPlanned({ database }: Rig, run: ReplayRunRow): Promise<void> {
  const { id, planHash } = run;
  if (planHash === null) throw new Error(`Replay ${id} has no plan.`);
  const input = { id, planHash, connection: CONNECTION, typedName: null, purpose: 'measured' };
  await startReplay({ ctx: { database }, actor: ACTOR, input });
}
