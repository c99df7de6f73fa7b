import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import type { DraftOrigin } from '#lib/replay/view/run.ts';
import { readCurrentStreamByName, type StoredStream } from '#server/db/read/current-streams.ts';
import { insertReplayDraft, type ReplayRunRow } from '#server/db/replay/run.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { knownRun } from './known-run.ts';
import { quarantineDraft } from './quarantine-draft.ts';

/** Writes a new draft. @throws ServiceError `not-found`, `conflict` where a quarantine is not whole yet */
export async function createDraft(args: {
  ctx: Pick<ServiceContext, 'database'>;
  actor: string;
  input: DraftOrigin;
}): Promise<{ readonly id: number }> {
  const { ctx, actor, input } = args;
  const begun = await beginning(ctx, input);
  const id = await insertReplayDraft(ctx.database, { ...begun, createdBy: actor });
  return { id };
}

type Beginning = {
  readonly draft: ReplayDraft;
  readonly copiedFrom: number | null;
  readonly quarantineOf: number | null;
  readonly words: string;
};

async function beginning(
  ctx: Pick<ServiceContext, 'database'>,
  input: DraftOrigin,
): Promise<Beginning> {
  switch (input.from) {
    case 'nothing':
      return {
        draft: NEW_DRAFT,
        copiedFrom: null,
        quarantineOf: null,
        words: 'A draft was begun.',
      };
    case 'stream': {
      const todo = 'Begin an empty draft, and say there where its archive lies.';
      const { arn } = await namedStream(ctx, input, todo);
      return {
        draft: { ...NEW_DRAFT, sourceStreamArn: arn },
        copiedFrom: null,
        quarantineOf: null,
        words: `A draft was begun, for the archive of ${input.streamName}.`,
      };
    }
    case 'target': {
      const { connection, streamName } = input;
      const todo = 'Begin an empty draft, and choose there which stream is written to.';
      const { arn, createdAtMs } = await namedStream(ctx, input, todo);
      return {
        draft: { ...NEW_DRAFT, target: { connection, streamName, streamArn: arn, createdAtMs } },
        copiedFrom: null,
        quarantineOf: null,
        words: `A draft was begun, to replay into ${streamName}.`,
      };
    }
    case 'replay': {
      const run = await knownRun(ctx, input.id);
      return {
        draft: { ...run.draft, pace: run.pace, step: 'source' },
        copiedFrom: run.id,
        quarantineOf: run.quarantineOf,
        words: `A draft was begun with the settings of replay ${run.id}.`,
      };
    }
    case 'quarantine': {
      const run = await knownRun(ctx, input.id);
      return {
        draft: quarantineDraft(requireOver(run)),
        copiedFrom: run.id,
        quarantineOf: run.id,
        words: `A draft was begun, for what replay ${run.id} put into quarantine.`,
      };
    }
  }
}

async function namedStream(
  { database }: Pick<ServiceContext, 'database'>,
  named: { readonly connection: string; readonly streamName: string },
  todo: string,
): Promise<StoredStream> {
  const { connection, streamName } = named;
  const current = await readCurrentStreamByName(database, connection, streamName);
  if (current !== null) return current.stream;
  throw new ServiceError(
    'not-found',
    `There is no stream ${streamName} on connection "${connection}" any more. ${todo}`,
  );
}

/** More may come into the quarantine of a run that is not over. */
function requireOver(run: ReplayRunRow): ReplayRunRow {
  if (isRunOver(run.state)) return run;
  throw new ServiceError(
    'conflict',
    `Replay ${run.id} is not over, so more may come into its quarantine. Wait for its end, or cancel it; then replay what is there.`,
  );
}
