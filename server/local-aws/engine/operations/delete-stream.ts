import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';

/** Deletes a stream in any status; its data is gone when DELETING ends. A second call changes nothing. */
export function deleteStream(account: Account, input: StreamRef, nowMs: number): void {
  const stream = account.stream(input, nowMs);
  if (stream.status !== 'DELETING') {
    stream.beginDeletion(nowMs + account.options.transitionMs);
    stream.settle(nowMs);
  }
}
