import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  type StreamTarget,
} from './change-stream.ts';

/**
 * Deletes a stream with all its records, in whatever status. `typedName` is what the person wrote by hand;
 * `withConsumers` says that its registered consumers may go with it.
 */
export async function deleteStream(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly typedName: string; readonly withConsumers: boolean };
}): Promise<ChangeOutcome> {
  const { streamName, typedName, withConsumers } = args.input;
  if (typedName !== streamName) {
    throw new ServiceError(
      'invalid',
      `Nothing was deleted: “${typedName}” is not the name of the stream, which is ${streamName}.`,
    );
  }
  return changeStream<StreamSettings>(args.ctx, args.input, {
    what: 'the stream',
    deletes: true,
    read: async (_aws, described) => described,
    contradiction({ status, consumerCount }) {
      if (status === 'DELETING') return `${streamName} is being deleted already.`;
      return consumerCount > 0 && !withConsumers
        ? `${consumerCount} consumers of enhanced fan-out are registered with ${streamName}. Confirm that they go with it, or deregister them first.`
        : null;
    },
    send: (changes, streamArn, _now, signal) =>
      changes.deleteStream(streamArn, withConsumers, signal),
    isDone: ({ status }) => status === 'DELETING',
  });
}
