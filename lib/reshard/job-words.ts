import type { JobState } from '#lib/domain/reshard/job/job-state.ts';
import type { Mismatch } from '#lib/domain/reshard/job/mismatch.ts';
import type { Hold, Waiting } from '#lib/domain/reshard/job/reconcile.ts';
import { countOf, formatCount } from '#lib/format/count.ts';

export const JOB_STATE_WORDS: Readonly<Record<JobState, string>> = {
  running: 'Running',
  paused: 'Paused',
  held: 'Held',
  cancelling: 'Being cancelled',
  done: 'Done',
  cancelled: 'Cancelled',
  stopped: 'Stopped',
};

/** What a job waits for, as a sentence. */
export const WAITING_WORDS: Readonly<Record<Waiting, string>> = {
  'step-under-way': 'Kinesis carries the step out: the stream is UPDATING.',
  'updating-by-others':
    'The stream is UPDATING, and not by this job: others reshard it, or change its encryption or mode. It goes on when the stream is ACTIVE.',
  'answer-lost':
    'The answer to the call was lost. The stream is watched for its effect before anything is called again.',
  'effect-unseen': 'Kinesis took the call; its effect is not to be seen yet.',
  'backing-off': 'Kinesis refused the call for its rate or quota. It is tried again after a pause.',
  confirming: 'The layout is not as expected. It is looked at once more before that is believed.',
  'consumer-lags':
    'A merge is held back: a consumer is behind in this range, and has to read both parents to their end first. It can be let go on all the same.',
};

const NAMED_MAX = 3;

/**
 * Whom a merge waits for.
 * @param consumers those behind in its range, each with a shard; null: which one is not known
 */
export function lagWaitWords(
  consumers: readonly { readonly name: string; readonly shardId: string | null }[],
): string {
  if (consumers.length === 0) return WAITING_WORDS['consumer-lags'];
  const named = consumers
    .slice(0, NAMED_MAX)
    .map(({ name, shardId }) => (shardId === null ? name : `${name} in ${shardId}`));
  const more = consumers.length - named.length;
  const all = `${named.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
  return `A merge is held back, since consumers are behind in its range or do not read it: ${all}. Both parents have to be read to their end first. It can be let go on all the same.`;
}

/** Why a job is held, and what to do. */
export function holdWords(hold: Hold): string {
  switch (hold.kind) {
    case 'resharded-by-others':
      return `Somebody else has resharded the stream meanwhile${changeWords(hold)}. Nothing more was done. Plan again from the shards as they are, or restore them and resume.`;
    case 'mode-changed':
      return 'The stream has become on-demand: AWS chooses its shards now, and refuses to split or merge them. Switch it back and resume, or cancel.';
    case 'denied':
      return `${hold.message ?? 'The call was not allowed.'} Nothing was changed by it. See to it, then resume.`;
    case 'too-many-attempts':
      return `Kinesis refused the step ${formatCount(hold.attempts)} times${hold.message === null ? '' : `, at last with “${hold.message}”`}. Mostly the account’s quota of shards is used up, or something else reshards. Find out which, then resume.`;
  }
}

/** Why a job was stopped, and what to do. */
export function mismatchWords(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'wrong-result':
      return `Step ${mismatch.step + 1} gave another layout than it should${changeWords(mismatch)}. Nothing more was done: the endpoint does not reshard as Kinesis does.`;
    case 'no-effect':
      return `Kinesis took step ${mismatch.step + 1}, but the shards are as before. It was not called again. Look at the stream, then plan anew.`;
    case 'refused':
      return `Kinesis refused step ${mismatch.step + 1}${mismatch.message === null ? '' : `: “${mismatch.message}”`}. Nothing was changed by it. Plan anew from the shards as they are.`;
    case 'ring-fault':
      return `The open shards do not cover the ring: hash key ${mismatch.at} is held by none, or by two. Nothing more was done. Compare ListShards with what you expect.`;
    case 'stream-gone':
      return 'The stream was deleted meanwhile.';
  }
}

function changeWords({
  missing,
  unexpected,
}: {
  readonly missing: readonly bigint[];
  readonly unexpected: readonly bigint[];
}): string {
  const parts = [
    missing.length === 0
      ? null
      : `${countOf(missing.length, 'boundary is', 'boundaries are')} gone (${missing[0]}${missing.length > 1 ? ', …' : ''})`,
    unexpected.length === 0
      ? null
      : `${countOf(unexpected.length, 'boundary is', 'boundaries are')} new (${unexpected[0]}${unexpected.length > 1 ? ', …' : ''})`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}
