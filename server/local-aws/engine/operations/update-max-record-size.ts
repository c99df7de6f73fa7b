import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';

/** KiB, 1,024 .. 10,240. */
export type UpdateMaxRecordSizeInput = StreamRef & { readonly maxRecordKiB: number };

/** @throws KinesisError ResourceInUse, ResourceNotFound. */
export function updateMaxRecordSize(
  account: Account,
  input: UpdateMaxRecordSizeInput,
  nowMs: number,
): void {
  const stream = account.activeStream(input, nowMs);
  account.update(stream, nowMs, () => {
    stream.maxRecordKiB = input.maxRecordKiB;
  });
}
