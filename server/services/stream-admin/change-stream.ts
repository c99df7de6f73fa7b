import { setTimeout as pause } from 'node:timers/promises';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import type { StreamChanges } from '#server/aws/change-streams.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { notify } from '#server/db/notification.ts';
import { readStreamById } from '#server/db/read/stream-by-id.ts';
import { streamLockName } from '#server/db/stream-lock-name.ts';
import { withNameLock } from '#server/db/with-name-lock.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** The stream that a person looked at: `streamId` is one life of it, so that its namesake is never meant. */
export type StreamTarget = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamId: number;
};

export type AdminContext = Pick<ServiceContext, 'database' | 'aws' | 'log'>;

/** How a change ended. `answered` false: the answer of AWS was lost, and the stream was found changed. */
export type ChangeOutcome = { readonly answered: boolean };

/** One change of a stream, whose present state `S` is compared with what a person saw. */
export type StreamChange<S> = {
  /** What is changed, as a sentence goes on: "the retention period". */
  readonly what: string;
  /** `described` was read a moment ago. */
  readonly read: (aws: Aws, described: StreamSettings, signal: AbortSignal) => Promise<S>;
  /** Why it is not to be done any more, as a sentence goes on, with its full stop; null where it is. */
  readonly contradiction: (now: S) => string | null;
  /** Sends the one call. */
  readonly send: (
    changes: StreamChanges,
    streamArn: string,
    now: S,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Whether `now` is what was wanted. */
  readonly isDone: (now: S) => boolean;
  /** It takes the stream away: done in any status, and done where the stream is gone. */
  readonly deletes?: true;
};

/** The end of a contradiction where a value is another one. */
export const SINCE_YOU_LOOKED =
  'since you looked. Look at it again, and change it if you still want to.';

/** A change whose answer was lost may take a moment to be seen: so often a stream that is ACTIVE is looked at. */
const FIND_OUT_TRIES = 3;
const FIND_OUT_EVERY_MS = 500;

/** While it is UPDATING, which AWS makes it for some seconds, the old value stands: that is waited out. */
const UPDATING_MS_MAX = 45_000;

/**
 * Changes a stream exactly once, if it still is as the person saw it:
 *
 *   one change of a stream at a time, over all our processes
 *   -> the same stream, ACTIVE, with the value that was seen -> one call
 *   -> where its answer is lost: the stream is described, never the call repeated
 *
 * The collector is asked to look into the stream afterwards.
 * @throws ServiceError `conflict`, `not-found`, `unavailable`; AwsFailure with the words of AWS
 */
export async function changeStream<S>(
  ctx: AdminContext,
  target: StreamTarget,
  change: StreamChange<S>,
): Promise<ChangeOutcome> {
  const { connection, streamName } = target;
  const done = await withNameLock(ctx.database, streamLockName(connection, streamName), () =>
    changeAlone(ctx, target, change),
  );
  if (done === null) throw underWay(streamName);
  await askToLook(ctx, target);
  return done.value;
}

async function changeAlone<S>(
  ctx: AdminContext,
  target: StreamTarget,
  change: StreamChange<S>,
): Promise<ChangeOutcome> {
  // Whoever asked may leave: what was begun is carried to its end.
  const { signal } = new AbortController();
  const { aws } = ctx.aws.get(target.connection);
  const described = await describeTarget(ctx, target, signal);
  if (described.status !== 'ACTIVE' && change.deletes === undefined) {
    throw new ServiceError(
      'conflict',
      `Nothing was changed: ${target.streamName} is ${described.status}, and Kinesis changes a stream only while it is ACTIVE. Wait until it is; mostly that takes less than a minute.`,
    );
  }
  const now = await change.read(aws, described, signal);
  const contradiction = change.contradiction(now);
  if (contradiction !== null) {
    throw new ServiceError('conflict', `Nothing was changed: ${contradiction}`);
  }
  try {
    await change.send(aws.changes, described.streamArn, now, signal);
    return { answered: true };
  } catch (error) {
    if (!(error instanceof AwsFailure) || !error.answerLost) throw error;
    ctx.log.warn({ err: error, stream: target.streamName }, 'the answer to a change was lost');
    return findOut(ctx, target, change, { error, before: described }, signal);
  }
}

/** @throws ServiceError where it was not done, or where nobody can tell */
async function findOut<S>(
  ctx: AdminContext,
  target: StreamTarget,
  change: StreamChange<S>,
  lost: { readonly error: AwsFailure; readonly before: StreamSettings },
  signal: AbortSignal,
): Promise<ChangeOutcome> {
  const { aws } = ctx.aws.get(target.connection);
  let isAsBefore = true;
  try {
    let tries = 0;
    const updatingUntilMs = performance.now() + UPDATING_MS_MAX;
    for (;;) {
      const described = await aws.describeSettings(lost.before, signal);
      if (!isSameStream(described, lost.before)) return goneWith(change, lost.error);
      const now = await change.read(aws, described, signal);
      if (change.isDone(now)) return { answered: false };
      isAsBefore = change.contradiction(now) === null;
      if (described.status === 'ACTIVE') tries += 1;
      if (tries === FIND_OUT_TRIES) break;
      if (performance.now() > updatingUntilMs) throw stillUpdating(target, change, lost.error);
      await pause(FIND_OUT_EVERY_MS);
    }
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    if (error.kind === 'not-found') return goneWith(change, lost.error);
    throw new ServiceError(
      'unavailable',
      `Whether ${change.what} was changed is unknown: the answer was lost, and the stream cannot be looked at either. ${lost.error.message} Look at the stream before you try again.`,
      { cause: lost.error },
    );
  }
  throw new ServiceError(
    'unavailable',
    isAsBefore
      ? `Nothing seems to have changed: the answer was lost, and ${change.what} is as before. ${lost.error.message}`
      : `Not all of it was done: the answer was lost, and ${change.what} is neither as before nor as you want it. ${lost.error.message} Look at it again, and change what is left.`,
    { cause: lost.error },
  );
}

function stillUpdating<S>(
  { streamName }: StreamTarget,
  { what }: StreamChange<S>,
  lost: AwsFailure,
): ServiceError {
  return new ServiceError(
    'unavailable',
    `Whether ${what} was changed is not known yet: the answer was lost, and ${streamName} is still UPDATING, so it probably is being done. Look at it when it is ACTIVE, before you try again.`,
    { cause: lost },
  );
}

/** The stream is gone since: that is the end that a deletion has, and no other change. */
function goneWith<S>(change: StreamChange<S>, lost: AwsFailure): ChangeOutcome {
  if (change.deletes) return { answered: false };
  throw new ServiceError(
    'not-found',
    `Whether ${change.what} was changed does not matter any more: the stream is gone meanwhile.`,
    { cause: lost },
  );
}

/**
 * What AWS says now of the stream that was looked at.
 * @throws ServiceError where it is not the same one any more; AwsFailure
 */
async function describeTarget(
  ctx: AdminContext,
  target: StreamTarget,
  signal: AbortSignal,
): Promise<StreamSettings> {
  const { connection, streamName, streamId } = target;
  const known = await readStreamById(ctx.database, connection, streamId);
  if (known === null || known.streamName !== streamName) throw gone(streamName);
  const { aws } = ctx.aws.get(connection);
  const now = await aws
    .describeSettings({ streamArn: known.streamArn }, signal)
    .catch((error: unknown): StreamSettings => {
      throw error instanceof AwsFailure && error.kind === 'not-found' ? gone(streamName) : error;
    });
  if (!isSameStream(known, now)) {
    throw new ServiceError(
      'conflict',
      `Nothing was changed: the stream ${streamName} that you looked at was deleted, and another one bears its name now. Open that one.`,
    );
  }
  return now;
}

function gone(streamName: string): ServiceError {
  return new ServiceError(
    'not-found',
    `Nothing was changed: there is no stream ${streamName} any more. It was deleted, or is no longer read on this connection.`,
  );
}

export function underWay(streamName: string): ServiceError {
  return new ServiceError(
    'conflict',
    `Nothing was changed by this click: another change of ${streamName} is under way. Look at the stream when it is over.`,
  );
}

/** Has the collector look into the stream now. What was changed stays changed where it cannot be asked. */
export async function askToLook(
  { database, log }: Pick<ServiceContext, 'database' | 'log'>,
  { connection, streamName }: Pick<StreamTarget, 'connection' | 'streamName'>,
): Promise<void> {
  await notify(database.db, { kind: 'collect', connection, streamName }).catch((error: unknown) => {
    log.warn({ err: error, streamName }, 'the collector was not asked to look into the stream');
  });
}
