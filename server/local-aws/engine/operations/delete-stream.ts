import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

export type DeleteStreamInput = StreamRef & {
  /** Delete its consumers with it; else a stream that has any is refused. */
  readonly enforceConsumerDeletion?: boolean | undefined;
};

/**
 * Deletes a stream in any status; its data is gone when DELETING ends. A second call changes nothing.
 * @throws KinesisError ResourceNotFound, or ResourceInUseException where the stream has consumers or channels.
 */
export function deleteStream(account: Account, input: DeleteStreamInput, nowMs: number): void {
  const stream = account.stream(input, nowMs);
  if (stream.status !== 'DELETING') {
    const consumers = stream.consumers.list(nowMs);
    if (consumers.length > 0 && input.enforceConsumerDeletion !== true) {
      throw new KinesisError(
        'ResourceInUseException',
        `DeleteStream can't delete ${account.options.accountId}:${stream.name} because there are consumers associated with this data stream. ` +
          `To delete ${stream.name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      );
    }
    const channels = account.channels.ofStream(stream.arn, stream.createdAtMs, nowMs);
    if (channels.some((channel) => channel.statusAt(nowMs) !== 'DELETING')) {
      // DeleteChannel: "A stream cannot be deleted while it has active channels". The text is ours.
      throw new KinesisError(
        'ResourceInUseException',
        `Stream ${stream.name} under account ${account.options.accountId} has channels; delete them first.`,
      );
    }
    for (const consumer of consumers) {
      consumer.beginDeletion(nowMs + account.options.transitionMs);
    }
    stream.beginDeletion(nowMs + account.options.transitionMs);
    stream.settle(nowMs);
  }
}
