import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { placeOf } from '#lib/domain/reshard/boundaries.ts';
import type { Answer } from '#lib/domain/reshard/job/journal.ts';
import { boundariesOf, type Layout, type LayoutShard } from '#lib/domain/reshard/layout.ts';
import type { Step } from '#lib/domain/reshard/step.ts';
import type { StreamChanges } from '#server/aws/change-streams.ts';

/** How a call ended, and AWS's words where it said no. */
export type StepAnswer = { readonly answer: Answer; readonly message: string | null };

/**
 * Makes the one call of a step, once.
 * @param layout the present one, which the step was decided on
 */
export async function sendStep(
  changes: Pick<StreamChanges, 'splitShard' | 'mergeShards' | 'updateShardCount'>,
  streamArn: string,
  step: Step,
  layout: Layout,
  signal: AbortSignal,
): Promise<StepAnswer> {
  try {
    await call(changes, streamArn, step, layout, signal);
    return { answer: 'accepted', message: null };
  } catch (error) {
    // Whether it was sent before it was cut off nobody knows.
    if (signal.aborted) return { answer: 'lost', message: null };
    if (!(error instanceof AwsFailure)) throw error;
    return { answer: answerOf(error), message: error.message };
  }
}

async function call(
  changes: Pick<StreamChanges, 'splitShard' | 'mergeShards' | 'updateShardCount'>,
  streamArn: string,
  step: Step,
  layout: Layout,
  signal: AbortSignal,
): Promise<void> {
  if (step.kind === 'update-shard-count') {
    await changes.updateShardCount(streamArn, step.count, signal);
    return;
  }
  const place = placeOf(boundariesOf(layout), step.at);
  if (step.kind === 'split') {
    await changes.splitShard(streamArn, shardAt(layout, place).shardId, step.at, signal);
    return;
  }
  const left = shardAt(layout, place - 1).shardId;
  const right = shardAt(layout, place).shardId;
  await changes.mergeShards(streamArn, { left, right }, signal);
}

function shardAt(layout: Layout, place: number): LayoutShard {
  const shard = layout[place];
  if (shard === undefined) throw new RangeError(`The layout has no shard at place ${place}`);
  return shard;
}

function answerOf(error: AwsFailure): Answer {
  if (error.answerLost) return 'lost';
  switch (error.kind) {
    case 'busy':
      return 'busy';
    case 'throttled':
    case 'limit-exceeded':
      return 'limit-exceeded';
    case 'access-denied':
    case 'no-credentials':
    case 'expired-credentials':
    case 'encryption-key':
      return 'denied';
    default:
      return 'refused';
  }
}
