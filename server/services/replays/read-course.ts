import type {
  ReplayEvents,
  ReplayEventView,
  ReplayTicks,
  ReplayTickView,
} from '#lib/replay/view/course.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { type ReplayTickRow, readReplayTicks } from '#server/db/replay/read-ticks.ts';
import { type ReplayEventRow, readReplayEvents } from '#server/db/replay/run-events.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { knownRun } from './known-run.ts';

const TICKS_MAX = 1_000;
const EVENTS_PER_PAGE = 100;

type Context = Pick<ServiceContext, 'database'>;

/** What the charts of a replay are made of. @throws ServiceError `not-found` */
export async function readTicks(args: {
  ctx: Context;
  input: { readonly id: number };
}): Promise<ReplayTicks> {
  const { ctx, input } = args;
  await knownRun(ctx, input.id);
  const [readAtMs, ticks] = await Promise.all([
    readServerTimeMs(ctx.database),
    readReplayTicks(ctx.database, input.id, TICKS_MAX),
  ]);
  return { readAtMs, ticks: ticks.map(tickView) };
}

/** The log of a replay, the newest first. @throws ServiceError `not-found` */
export async function readEvents(args: {
  ctx: Context;
  input: { readonly id: number; readonly before: number | null };
}): Promise<ReplayEvents> {
  const { ctx, input } = args;
  await knownRun(ctx, input.id);
  const [readAtMs, rows] = await Promise.all([
    readServerTimeMs(ctx.database),
    readReplayEvents(ctx.database, input.id, input.before, EVENTS_PER_PAGE + 1),
  ]);
  const shown = rows.slice(0, EVENTS_PER_PAGE);
  return {
    readAtMs,
    events: shown.map(eventView),
    next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
  };
}

export function tickView({ at, ...tick }: ReplayTickRow): ReplayTickView {
  return { atMs: at.getTime(), ...tick };
}

export function eventView({ id, at, kind, words, actor }: ReplayEventRow): ReplayEventView {
  return { id, atMs: at.getTime(), kind, words, actor };
}
