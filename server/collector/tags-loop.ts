import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readStreamTags } from '#server/db/tags/read-stream-tags.ts';
import { type TagsReading, writeStreamTags } from '#server/db/tags/write-stream-tags.ts';
import type { Collection } from './collection.ts';
import { retryDelayMs } from './due.ts';
import { awsFailureOf, failureSince } from './failure.ts';
import { type Loop, startLoop } from './loop.ts';
import { chooseTagsTurns, FIRST_TURN, type TagsTurn, tagsCadenceSeconds } from './tags-turns.ts';
import type { TrackedStream } from './tracked-stream.ts';

/** Read before they are written: at a fifth of AWS's quota of ListTagsForStream this takes 10 s. */
const STREAMS_PER_ROUND = 10;

/** Between two looks at whether any is due: a new stream waits for no longer. */
const LOOK_EVERY_MS = 1_000;

export type TagsLoop = Loop & {
  /** Somebody has changed that stream: it is next. */
  lookInto(streamName: string): void;
};

/**
 * Reads the tags of the streams in turn, one call after the other, so that hundreds of streams cost the account no
 * more than its budget of ListTagsForStream. What cannot be read is written down with its cause, and keeps nothing
 * else from being read.
 * @param listed resolves when what is remembered was held against a listing
 */
export function startTagsLoop(
  collection: Collection,
  listed: Promise<void>,
  signal: AbortSignal,
): TagsLoop {
  const everySeconds = tagsCadenceSeconds(collection.connection.cadence.unwatchedSeconds);
  const changed = new Set<string>();
  let turns: Map<number, TagsTurn> | null = null;

  const loop = startLoop(async () => {
    await listed;
    turns ??= await recallTurns(collection, everySeconds * 1000);
    for (const id of turns.keys()) if (!collection.streams.has(id)) turns.delete(id);
    const streams = [...collection.streams.values()];
    const nowMs = performance.now();
    const due = chooseTagsTurns(streams, turns, changed, nowMs, STREAMS_PER_ROUND);
    const readings: TagsReading[] = [];
    for (const stream of due) {
      // Before it is read: who changes it meanwhile is heard once more.
      changed.delete(stream.summary.streamName);
      const before = turns.get(stream.streamId) ?? FIRST_TURN;
      const taken = await takeTurn(collection, stream, before, everySeconds, signal);
      turns.set(stream.streamId, taken.turn);
      if (taken.reading !== null) readings.push(taken.reading);
      // It would befall the others as well.
      if (taken.mayPass) break;
    }
    if (readings.length > 0) await collection.write((tx) => writeStreamTags(tx, readings));
    return readings.length < STREAMS_PER_ROUND ? LOOK_EVERY_MS : 0;
  }, signal);

  return {
    ...loop,
    lookInto(streamName) {
      changed.add(streamName);
      loop.wake();
    },
  };
}

type Taken = {
  readonly turn: TagsTurn;
  /** null: there is nothing to write down. */
  readonly reading: TagsReading | null;
  /** It failed, and may work soon without anybody doing anything. */
  readonly mayPass: boolean;
};

async function takeTurn(
  { aws, database }: Collection,
  { streamId, summary }: TrackedStream,
  before: TagsTurn,
  everySeconds: number,
  signal: AbortSignal,
): Promise<Taken> {
  const turnIn = (waitMs: number) => ({ ...FIRST_TURN, dueAtMs: performance.now() + waitMs });
  try {
    const tags = await aws.listTags(summary.streamArn, signal);
    return { turn: turnIn(everySeconds * 1000), reading: { streamId, tags }, mayPass: false };
  } catch (error) {
    signal.throwIfAborted();
    const cause = awsFailureOf(error);
    // Deleted a moment ago: the next listing will say so.
    if (cause.kind === 'not-found') {
      return { turn: turnIn(everySeconds * 1000), reading: null, mayPass: false };
    }
    const failure = failureSince(before.failure, cause, await readServerTimeMs(database));
    const failuresInARow = before.failuresInARow + 1;
    const waitMs = cause.retryable
      ? retryDelayMs(failuresInARow, everySeconds)
      : everySeconds * 1000;
    return {
      turn: { ...turnIn(waitMs), failuresInARow, failure },
      reading: { streamId, failure },
      mayPass: cause.retryable,
    };
  }
}

/** What the collector before us read is not read again before its time. */
async function recallTurns(
  { connection, database }: Collection,
  everyMs: number,
): Promise<Map<number, TagsTurn>> {
  const nowMs = performance.now();
  const stored = await readStreamTags(database);
  return new Map(
    stored
      .filter((one) => one.connection === connection.name)
      .map(({ streamId, readAgoMs, failure }) => [
        streamId,
        {
          dueAtMs: readAgoMs === null ? FIRST_TURN.dueAtMs : nowMs - readAgoMs + everyMs,
          failuresInARow: failure === null ? 0 : 1,
          failure,
        },
      ]),
  );
}
