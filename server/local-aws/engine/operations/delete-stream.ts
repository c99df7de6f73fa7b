import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

export type DeleteStreamInput = StreamRef & {
  /** Delete its consumers with it; else a stream that has any is refused. */
  readonly enforceConsumerDeletion?: boolean | undefined;
};

/**
 * Deletes a stream in any status; its data is gone when DELETING ends. A second call changes nothing.
 * @throws KinesisError ResourceNotFound, or ResourceInUseException where the stream has consumers.
 */
export function deleteStream(account: Account, input: DeleteStreamInput, nowMs: number): void {
  const stream = account.stream(input, nowMs);
  if (stream.status !== 'DELETING') {
    const consumers = stream.consumers.list(nowMs);
    if (consumers.length > 0 && input.enforceConsumerDeletion !== true) {
      throw new KinesisError(
        'ResourceInUseException',
        `Stream ${stream.name} under account ${account.options.accountId} has consumers registered; deregister them, or set EnforceConsumerDeletion.`,
      );
    }
    for (const consumer of consumers) {
      consumer.beginDeletion(nowMs + account.options.transitionMs);
    }
    stream.beginDeletion(nowMs + account.options.transitionMs);
    stream.settle(nowMs);
  }
}
