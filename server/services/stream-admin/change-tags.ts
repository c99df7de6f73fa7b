import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { tagsFault } from '#lib/domain/stream-rules.ts';
import type { StreamTags } from '#lib/domain/stream-settings.ts';
import { planTags, sameTags } from '#lib/stream-admin/plan-tags.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from './change-stream.ts';

/** Makes the tags of a stream those of `tags`. Removing comes first, so that the 50 are never exceeded between. */
export async function changeTags(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly seenTags: StreamTags; readonly tags: StreamTags };
}): Promise<ChangeOutcome> {
  const { seenTags, tags } = args.input;
  const plan = planTags(seenTags, tags);
  const changesNothing = plan.remove.length === 0 && Object.keys(plan.add).length === 0;
  const fault = changesNothing ? 'They are these already.' : tagsFault(tags);
  if (fault !== null) throw new ServiceError('invalid', `Tags were not changed. ${fault}`);
  return changeStream<StreamTags>(args.ctx, args.input, {
    what: 'the set of tags',
    read: (aws, described, signal) => aws.listTags(described.streamArn, signal),
    contradiction: (now) =>
      sameTags(now, seenTags) ? null : `the tags have become others ${SINCE_YOU_LOOKED}`,
    async send(changes, streamArn, _now, signal) {
      if (plan.remove.length > 0) await changes.removeTags(streamArn, plan.remove, signal);
      if (Object.keys(plan.add).length === 0) return;
      await changes.addTags(streamArn, plan.add, signal).catch((error: unknown) => {
        throw plan.remove.length === 0 ? error : halfDone(error, plan.remove);
      });
    },
    isDone: (now) => sameTags(now, tags),
  });
}

/** What AWS refused after some tags were removed: it must not read as if nothing had happened. */
function halfDone(error: unknown, removed: readonly string[]): unknown {
  if (!(error instanceof AwsFailure) || error.answerLost) return error;
  const { kind, action, message, deniedAction } = error;
  return new AwsFailure(
    kind,
    action,
    `${removed.join(', ')} ${removed.length === 1 ? 'was' : 'were'} removed, but the other tags were not set: ${message} Look at the tags again, and set what is missing.`,
    { cause: error, ...(deniedAction !== null && { deniedAction }) },
  );
}
