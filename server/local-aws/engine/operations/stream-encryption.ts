import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

const DAY_MS = 86_400_000;

/** Of each of the two in any 24 hours. Source: StartStreamEncryption and StopStreamEncryption. */
const CHANGES_PER_DAY_MAX = 25;

export type StreamEncryptionInput = StreamRef & { readonly keyId: string };

/** Records that come once the stream is ACTIVE again are encrypted. @throws KinesisError ResourceInUse, ResourceNotFound, LimitExceeded. */
export function startStreamEncryption(
  account: Account,
  input: StreamEncryptionInput,
  nowMs: number,
): void {
  const stream = account.activeStream(input, nowMs);
  stream.encryptionStartsMs = counted(stream, stream.encryptionStartsMs, nowMs);
  change(account, stream, input.keyId, nowMs);
}

/**
 * The key that is named is not compared with the one in use: AWS's reference does not say that it is.
 * @throws KinesisError ResourceInUse, ResourceNotFound, LimitExceeded.
 */
export function stopStreamEncryption(
  account: Account,
  input: StreamEncryptionInput,
  nowMs: number,
): void {
  const stream = account.activeStream(input, nowMs);
  stream.encryptionStopsMs = counted(stream, stream.encryptionStopsMs, nowMs);
  change(account, stream, null, nowMs);
}

function change(account: Account, stream: EngineStream, keyId: string | null, nowMs: number): void {
  account.update(stream, nowMs, (atMs) => stream.encryption.change(keyId, atMs));
}

/** @returns the changes of the last day with this one. @throws KinesisError LimitExceededException. */
function counted(
  stream: EngineStream,
  changesMs: readonly number[],
  nowMs: number,
): readonly number[] {
  const recent = changesMs.filter((atMs) => atMs > nowMs - DAY_MS);
  if (recent.length >= CHANGES_PER_DAY_MAX) {
    throw new KinesisError(
      'LimitExceededException',
      `The encryption of stream ${stream.name} can be changed ${CHANGES_PER_DAY_MAX} times per rolling 24 hour period.`,
    );
  }
  return [...recent, nowMs];
}
