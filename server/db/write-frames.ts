import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { FrameDraft } from '#lib/domain/align-frames.ts';
import { packFloats, unpackFloats } from '#lib/domain/frame.ts';
import { periodStart, renew, rollUp, type Tier } from '#lib/domain/roll-up.ts';
import type { Transaction } from './collector-lease.ts';
import { frame } from './schema.ts';

/** Rows in one INSERT; PostgreSQL takes at most 65,535 parameters. */
const ROWS_PER_INSERT = 500;

export type StreamFrames = { readonly streamId: number; readonly frames: readonly FrameDraft[] };

/** Where a written frame stands, for those who wait for it. */
export type WrittenFrame = {
  readonly streamId: number;
  readonly topologyId: number;
  readonly periodSeconds: number;
  readonly periodStartMs: number;
  readonly seq: number;
};

/**
 * Writes frames of one length of period, and anew each longer period of `tiers` that is over and that they
 * lie in. A frame that is there already keeps its figures where the new one has none; one that stays as it
 * was is not written.
 * @param tiers finest first; the frames' period is one of them
 * @param overMs end of the last period that is over
 * @returns the frames of the given length that were written
 */
export async function writeFrames(
  tx: Transaction,
  given: readonly StreamFrames[],
  tiers: readonly Tier[],
  overMs: number,
): Promise<readonly WrittenFrame[]> {
  const periodSeconds = given[0]?.frames[0]?.periodSeconds;
  if (periodSeconds === undefined) return [];
  const before = await readFrames(tx, spanOf(given, periodSeconds), periodSeconds);
  const changed = given.map(({ streamId, frames }) => ({
    streamId,
    frames: frames.flatMap((draft) => renewed(before.get(streamId)?.get(keyOf(draft)), draft)),
  }));
  const written = await insertFrames(tx, changed);

  let finer: readonly StreamFrames[] = changed;
  let finerSeconds = periodSeconds;
  for (const tier of tiers.filter((one) => one.periodSeconds > periodSeconds)) {
    finer = await rollUpTouched(tx, finer, finerSeconds, tier.periodSeconds, overMs);
    finerSeconds = tier.periodSeconds;
  }
  return written;
}

/** Makes the longer periods anew that `touched` lie in and that are over, from all frames in them. */
async function rollUpTouched(
  tx: Transaction,
  touched: readonly StreamFrames[],
  finerSeconds: number,
  periodSeconds: number,
  overMs: number,
): Promise<readonly StreamFrames[]> {
  const over = (startMs: number) => startMs + periodSeconds * 1000 <= overMs;
  const starts = new Map(
    touched.map(({ streamId, frames }) => [
      streamId,
      new Set(frames.map((f) => periodStart(f.periodStartMs, periodSeconds)).filter(over)),
    ]),
  );
  const span = spanOf(
    touched.map(({ streamId, frames }) => ({
      streamId,
      frames: frames.filter((f) => over(periodStart(f.periodStartMs, periodSeconds))),
    })),
    periodSeconds,
  );
  const sources = await readFrames(tx, span, finerSeconds);
  const rolled = [...sources].map(([streamId, frames]) => ({
    streamId,
    frames: rollUp(
      [...frames.values()].filter((f) =>
        starts.get(streamId)?.has(periodStart(f.periodStartMs, periodSeconds)),
      ),
      periodSeconds,
    ),
  }));
  await insertFrames(tx, rolled);
  return rolled;
}

type Span = {
  readonly streamIds: readonly number[];
  readonly fromMs: number;
  readonly untilMs: number;
};

/** The whole periods of `periodSeconds` that the frames lie in; null where there are no frames. */
function spanOf(given: readonly StreamFrames[], periodSeconds: number): Span | null {
  const filled = given.filter(({ frames }) => frames.length > 0);
  if (filled.length === 0) return null;
  let fromMs = Number.POSITIVE_INFINITY;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { frames } of filled) {
    for (const { periodStartMs } of frames) {
      const startMs = periodStart(periodStartMs, periodSeconds);
      fromMs = Math.min(fromMs, startMs);
      untilMs = Math.max(untilMs, startMs + periodSeconds * 1000);
    }
  }
  return { streamIds: filled.map(({ streamId }) => streamId), fromMs, untilMs };
}

const keyOf = (draft: FrameDraft) => `${draft.periodStartMs}/${draft.topologyId}`;

async function readFrames(
  tx: Transaction,
  span: Span | null,
  periodSeconds: number,
): Promise<Map<number, Map<string, FrameDraft>>> {
  const found = new Map<number, Map<string, FrameDraft>>();
  if (span === null) return found;
  const rows = await tx
    .select({
      streamId: frame.streamId,
      periodStart: frame.periodStart,
      topologyId: frame.topologyId,
      streamValues: frame.streamValues,
      shardValues: frame.shardValues,
    })
    .from(frame)
    .where(
      and(
        inArray(frame.streamId, [...span.streamIds]),
        eq(frame.periodSeconds, periodSeconds),
        gte(frame.periodStart, new Date(span.fromMs)),
        lt(frame.periodStart, new Date(span.untilMs)),
      ),
    );
  for (const row of rows) {
    const draft: FrameDraft = {
      periodStartMs: row.periodStart.getTime(),
      periodSeconds,
      topologyId: row.topologyId,
      stream: unpackFloats(row.streamValues),
      shards: unpackFloats(row.shardValues),
    };
    const ofStream = found.get(row.streamId) ?? new Map<string, FrameDraft>();
    found.set(row.streamId, ofStream);
    ofStream.set(keyOf(draft), draft);
  }
  return found;
}

/** What is to be written: nothing where the frame that is there says the same. */
function renewed(before: FrameDraft | undefined, draft: FrameDraft): readonly FrameDraft[] {
  if (before === undefined) return [draft];
  const merged = renew(before, draft);
  const same = equal(before.stream, merged.stream) && equal(before.shards, merged.shards);
  return same ? [] : [merged];
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

async function insertFrames(
  tx: Transaction,
  given: readonly StreamFrames[],
): Promise<readonly WrittenFrame[]> {
  const values = given.flatMap(({ streamId, frames }) =>
    frames.map((draft) => ({
      streamId,
      periodSeconds: draft.periodSeconds,
      periodStart: new Date(draft.periodStartMs),
      topologyId: draft.topologyId,
      collectedAt: sql`clock_timestamp()`,
      streamValues: Buffer.from(packFloats(draft.stream).buffer),
      shardValues: Buffer.from(packFloats(draft.shards).buffer),
    })),
  );
  const written: WrittenFrame[] = [];
  for (let from = 0; from < values.length; from += ROWS_PER_INSERT) {
    const rows = await tx
      .insert(frame)
      .values(values.slice(from, from + ROWS_PER_INSERT))
      .onConflictDoUpdate({
        target: [frame.streamId, frame.periodSeconds, frame.periodStart, frame.topologyId],
        set: {
          collectedAt: sql`excluded.collected_at`,
          // The sequence was asked for the row that could not be inserted: its number is the newest.
          seq: sql`excluded.seq`,
          streamValues: sql`excluded.stream_values`,
          shardValues: sql`excluded.shard_values`,
        },
      })
      .returning({
        streamId: frame.streamId,
        topologyId: frame.topologyId,
        periodSeconds: frame.periodSeconds,
        periodStart: frame.periodStart,
        seq: frame.seq,
      });
    for (const { periodStart: startsAt, ...row } of rows) {
      written.push({ ...row, periodStartMs: startsAt.getTime() });
    }
  }
  return written;
}
