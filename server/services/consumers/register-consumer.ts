import { notify } from '#server/db/notification.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  type StreamTarget,
} from '#server/services/stream-admin/change-stream.ts';
import { type Registered, readRegistered } from './registered-consumers.ts';

/** As Kinesis takes them. Source: API reference, RegisterStreamConsumer. */
const NAME = /^[a-zA-Z0-9_.-]{1,128}$/;

/**
 * Registers a consumer of enhanced fan-out with a stream: from then on AWS charges for it by the hour and shard,
 * subscribed or not.
 * @throws ServiceError `invalid`, `conflict`, `not-found`, `unavailable`; AwsFailure with the words of AWS, e.g. where
 * the stream has as many consumers as it may
 */
export async function registerConsumer(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly consumerName: string };
}): Promise<ChangeOutcome> {
  const { ctx, input } = args;
  const { consumerName, connection } = input;
  if (!NAME.test(consumerName)) {
    throw new ServiceError(
      'invalid',
      `Nothing was registered: “${consumerName}” is no name of a consumer. It takes letters, digits, “_”, “.” and “-”, at most 128.`,
    );
  }
  const outcome = await changeStream<Registered>(ctx, input, {
    what: `the consumer ${consumerName}`,
    read: readRegistered,
    contradiction: (now) =>
      now.has(consumerName)
        ? `a consumer ${consumerName} is registered with ${input.streamName} already.`
        : null,
    send: (changes, streamArn, _now, signal) =>
      changes.registerConsumer(streamArn, consumerName, signal),
    isDone: (now) => now.has(consumerName),
  });
  await notify(ctx.database.db, { kind: 'discover', connection });
  return outcome;
}
