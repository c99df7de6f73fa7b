import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { leaseAtCheckpoint, textOf } from '#lib/domain/consumers/rewind/lease-item.ts';
import { isSameItem, type StoredItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import {
  endRewind,
  leaveRewind,
  markSteps,
  renewStep,
  startRewind,
} from '#server/db/rewinds/advance-rewind.ts';
import {
  readRewind,
  readRewindSteps,
  type StoredRewind,
  type StoredRewindStep,
} from '#server/db/rewinds/read-rewinds.ts';
import { withNameLock } from '#server/db/with-name-lock.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { askToLook } from '#server/services/stream-admin/change-stream.ts';
import {
  type ReadLeases,
  type RewindContext,
  type RewindSubject,
  readLeases,
  rewindSubject,
} from './rewind-context.ts';

export type RunInput = {
  readonly connection: string;
  readonly rewindId: number;
  /** The application's name, typed, where its workers are not seen stopped; null: only if they are. */
  readonly typedName: string | null;
};

/** How it ended. `refused`: leases that somebody had changed meanwhile, and that were left alone. */
export type RewindOutcome = { readonly written: number; readonly refused: readonly string[] };

/** A plan is older than this: what it says of the leases, and of what is read again, may be no more true. */
const PLAN_MS_MAX = 15 * 60_000;

/** Leases written at a time, and marked together. */
const GROUP = 16;

/** So often is a lease tried that a worker at work renews meanwhile: it does so every few seconds. */
const FORCED_TRIES = 5;

/**
 * Carries out what was planned, lease by lease:
 *
 *   one at a time of a table, over all our processes
 *   -> no owner at work, each lease as the plan has it -> for each group: marked as sent, written on condition, marked
 *
 * A process that dies in the middle leaves it `running`: `finishRewind` goes on, `restoreRewind` puts back.
 * @throws ServiceError `conflict` where somebody is at work or has changed a lease: then nothing was written; AwsFailure
 */
export function runRewind(args: { ctx: RewindContext; input: RunInput }): Promise<RewindOutcome> {
  const { ctx, input } = args;
  return alone(ctx, input, async (rewind, subject) => {
    if (rewind.state !== 'planned') {
      throw new ServiceError(
        'conflict',
        'This was carried out already. Nothing was changed by this click.',
      );
    }
    if (rewind.ageMs > PLAN_MS_MAX) {
      throw new ServiceError(
        'conflict',
        'This preview is too old to go by. Nothing was changed: make a new one.',
      );
    }
    const { signal } = new AbortController();
    const present = await readLeases(ctx, subject, signal);
    const isForced = refuseLive(subject, present, input.typedName);
    const planned = await readRewindSteps(ctx.database, rewind.id);
    const steps = isForced
      ? await takeAsTheyAre(ctx, rewind.id, planned, present)
      : refuseChanged(planned, present);
    if (!(await startRewind(ctx.database, rewind.id, 'planned'))) throw underWay(subject);
    return carryOut(ctx, rewind, subject, steps, isForced);
  });
}

/** Goes on with one that was cut off. Leases that were written already are known by what they hold. */
export function finishRewind(args: {
  ctx: RewindContext;
  input: RunInput;
}): Promise<RewindOutcome> {
  const { ctx, input } = args;
  return alone(ctx, input, async (rewind, subject) => {
    if (rewind.state !== 'running') {
      throw new ServiceError('conflict', 'There is nothing to finish: it is not under way.');
    }
    const { signal } = new AbortController();
    const present = await readLeases(ctx, subject, signal);
    const isForced = refuseLive(subject, present, input.typedName);
    if (!(await startRewind(ctx.database, rewind.id, 'running'))) throw underWay(subject);
    const steps = await readRewindSteps(ctx.database, rewind.id);
    return carryOut(ctx, rewind, subject, steps, isForced);
  });
}

/** Runs `act` while nobody else sets checkpoints in the same table. */
export async function alone<T>(
  ctx: RewindContext,
  input: Pick<RunInput, 'connection' | 'rewindId'>,
  act: (rewind: StoredRewind, subject: RewindSubject) => Promise<T>,
): Promise<T> {
  const found = await knownRewind(ctx, input.rewindId);
  const { applicationId } = found;
  const { connection } = input;
  // Whoever asked may leave: what was begun is carried to its end.
  const { signal } = new AbortController();
  const subject = await rewindSubject(ctx, { connection, applicationId }, signal);
  const name = `rewind:${connection}:${subject.tableName}`;
  const done = await withNameLock(ctx.database, name, async () =>
    // What was read before the lock may be no more true.
    act(await knownRewind(ctx, input.rewindId), subject),
  );
  if (done === null) throw underWay(subject);
  await askToLook(ctx, { connection, streamName: subject.stream.streamName });
  return done.value;
}

async function knownRewind(ctx: RewindContext, rewindId: number): Promise<StoredRewind> {
  const found = await readRewind(ctx.database, rewindId);
  if (found === null) {
    throw new ServiceError('not-found', 'There is no such rewind (any more). Make a new preview.');
  }
  return found;
}

function underWay({ tableName }: RewindSubject): ServiceError {
  return new ServiceError(
    'conflict',
    `Checkpoints in ${tableName} are being set by somebody else at this moment. Nothing was changed by this click.`,
  );
}

/**
 * @returns whether somebody is at work, and that was confirmed
 * @throws ServiceError where it was not
 */
export function refuseLive(
  { name }: RewindSubject,
  { live }: ReadLeases,
  typedName: string | null,
): boolean {
  const [first] = live;
  if (first === undefined) return false;
  if (typedName === name) return true;
  const owners = [...new Set(live.map(({ owner }) => owner))];
  const who = owners.length === 1 ? first.owner : `${first.owner} and ${owners.length - 1} more`;
  const waitS = Math.ceil(
    Math.max(...live.map(({ limitMs, quietMs }) => limitMs - quietMs)) / 1000,
  );
  throw new ServiceError(
    'conflict',
    `Nothing was changed: ${who} may be at work, on ${live.length} of the leases. A worker that runs would write its own checkpoint over this one. Stop the workers of ${name}; they count as stopped once their leases have not been renewed for some ${waitS} s more. Or type the application’s name to take the leases away from them.`,
  );
}

/** @throws ServiceError where a lease is not as it was planned with */
function refuseChanged(
  steps: readonly StoredRewindStep[],
  { rows }: ReadLeases,
): readonly StoredRewindStep[] {
  const changed = steps.filter(
    ({ leaseKey, former }) => !isSameItem(rows.get(leaseKey) ?? null, former),
  );
  const [first] = changed;
  if (first === undefined) return steps;
  throw new ServiceError(
    'conflict',
    `Nothing was changed: ${changed.length === 1 ? 'a lease has' : `${changed.length} leases have`} changed since the preview (${first.shardId}). Make a new preview.`,
  );
}

/** Where workers are at work their leases change all the time: what is kept of them is how they are now. */
async function takeAsTheyAre(
  ctx: RewindContext,
  rewindId: number,
  steps: readonly StoredRewindStep[],
  { rows }: ReadLeases,
): Promise<readonly StoredRewindStep[]> {
  const renewed: StoredRewindStep[] = [];
  for (const step of steps) {
    const former = rows.get(step.leaseKey) ?? null;
    const wanted = overPresent(former, step.wanted);
    if (!isSameItem(former, step.former)) {
      await renewStep(ctx.database, rewindId, { leaseKey: step.leaseKey, former, wanted });
    }
    renewed.push({ ...step, former, wanted });
  }
  return renewed;
}

function overPresent(former: StoredItem | null, wanted: StoredItem | null): StoredItem | null {
  const checkpoint = wanted === null ? null : textOf(wanted, 'checkpoint');
  return former === null || checkpoint === null ? wanted : leaseAtCheckpoint(former, checkpoint);
}

/**
 * Writes what is left of the steps. Against workers at work (`isForced`) a lease that was renewed in the moment between
 * reading and writing is read and tried again: only who renews faster than `FORCED_TRIES` times in a row keeps it.
 */
async function carryOut(
  ctx: RewindContext,
  rewind: StoredRewind,
  subject: RewindSubject,
  steps: readonly StoredRewindStep[],
  isForced: boolean,
): Promise<RewindOutcome> {
  const { database, log } = ctx;
  const { signal } = new AbortController();
  const of = (...states: readonly StoredRewindStep['state'][]) =>
    steps.filter(({ state }) => states.includes(state));
  let written = of('done').length;
  const refused = of('refused');
  let left = of('waiting', 'sent');
  for (let tries = 1; left.length > 0; tries += 1) {
    const again: StoredRewindStep[] = [];
    for (let i = 0; i < left.length; i += GROUP) {
      const ends = await writeGroup(ctx, rewind, subject, left.slice(i, i + GROUP));
      written += ends.written;
      // One that may have been written before it was cut off: what it holds now is not what it was before.
      const mayBeTried = ({ state }: StoredRewindStep) =>
        isForced && tries < FORCED_TRIES && state === 'waiting';
      const lost = ends.changed.filter((step) => !mayBeTried(step));
      const tried = ends.changed.filter(mayBeTried);
      await markSteps(database, rewind.id, keysOf(lost), 'refused');
      await markSteps(database, rewind.id, keysOf(tried), 'waiting');
      refused.push(...lost);
      again.push(...tried);
      if (ends.failure !== undefined) {
        await leaveRewind(database, rewind.id);
        throw cutOff(ends.failure, written, steps.length);
      }
    }
    if (again.length === 0) break;
    const present = await readLeases(ctx, subject, signal);
    left = [...(await takeAsTheyAre(ctx, rewind.id, again, present))];
  }
  await endRewind(database, rewind.id, refused.length === 0 ? 'done' : 'broken');
  const { name } = subject;
  log.info({ rewindId: rewind.id, application: name, written }, 'checkpoints were set');
  return { written, refused: refused.map(({ shardId }) => shardId) };
}

/** @returns what became of the leases of a group; `failure`: why one of them could not be written */
async function writeGroup(
  { database }: RewindContext,
  rewind: StoredRewind,
  subject: RewindSubject,
  group: readonly StoredRewindStep[],
): Promise<{ written: number; changed: readonly StoredRewindStep[]; failure?: unknown }> {
  const { signal } = new AbortController();
  // Before they are sent, so that whoever finds this cut off knows which may have been.
  await markSteps(database, rewind.id, keysOf(group), 'sent');
  const answers = await Promise.allSettled(
    group.map((step) => subject.aws.leases.write(subject.tableName, step, signal)),
  );
  const endedAs = (end: 'written' | 'changed') =>
    group.filter((_, at) => {
      const answer = answers[at];
      return answer?.status === 'fulfilled' && answer.value === end;
    });
  const done = endedAs('written');
  await markSteps(database, rewind.id, keysOf(done), 'done');
  const failed = answers.find((answer) => answer.status === 'rejected');
  return { written: done.length, changed: endedAs('changed'), failure: failed?.reason };
}

/** Not all of it was done: what can be done about it stands on the application's page. */
function cutOff(cause: unknown, written: number, leases: number): unknown {
  if (!(cause instanceof AwsFailure)) return cause;
  return new ServiceError(
    'unavailable',
    `It was cut off: ${written} of ${leases} leases were set. ${cause.message} Finish it, or put the leases back, under Checkpoints.`,
    { cause },
  );
}

function keysOf(steps: readonly StoredRewindStep[]): readonly string[] {
  return steps.map(({ leaseKey }) => leaseKey);
}
