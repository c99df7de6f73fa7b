import { notify } from '#server/db/notification.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  type StreamTarget,
} from '#server/services/stream-admin/change-stream.ts';
import { type Registered, readRegistered } from './registered-consumers.ts';

/**
 * Deregisters a consumer of enhanced fan-out: whoever is subscribed through it is cut off at once. `consumerArn` is of
 * the one that the person saw: its ARN carries when it was registered, so a namesake is never meant. `typedName` is what
 * the person wrote by hand.
 * @throws ServiceError `invalid`, `conflict`, `not-found`, `unavailable`; AwsFailure with the words of AWS
 */
export async function deregisterConsumer(args: {
  ctx: AdminContext;
  input: StreamTarget & {
    readonly consumerName: string;
    readonly consumerArn: string;
    readonly typedName: string;
  };
}): Promise<ChangeOutcome> {
  const { ctx, input } = args;
  const { connection, streamName, consumerName, consumerArn, typedName } = input;
  if (typedName !== consumerName) {
    throw new ServiceError(
      'invalid',
      `Nothing was deregistered: “${typedName}” is not the name of the consumer, which is ${consumerName}.`,
    );
  }
  const outcome = await changeStream<Registered>(ctx, input, {
    what: `the consumer ${consumerName}`,
    read: readRegistered,
    contradiction(now) {
      const present = now.get(consumerName);
      if (present === undefined) {
        return `no consumer ${consumerName} is registered with ${streamName} any more.`;
      }
      return present.consumerArn === consumerArn
        ? null
        : `${consumerName} was deregistered and registered anew since you looked. Look at it again.`;
    },
    send: (changes, streamArn, _now, signal) =>
      changes.deregisterConsumer(streamArn, consumerName, signal),
    isDone: (now) => now.get(consumerName)?.consumerArn !== consumerArn,
  });
  await notify(ctx.database.db, { kind: 'discover', connection });
  return outcome;
}
