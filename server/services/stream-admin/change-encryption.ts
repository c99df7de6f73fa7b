import { keyIdFault } from '#lib/domain/stream-rules.ts';
import { ServiceError } from '#server/services/service-error.ts';
import {
  type AdminContext,
  type ChangeOutcome,
  changeStream,
  SINCE_YOU_LOOKED,
  type StreamTarget,
} from './change-stream.ts';

/** Encrypts records from now on by `keyId`, or, where it is null, no longer. What is stored stays as it was written. */
export async function changeEncryption(args: {
  ctx: AdminContext;
  input: StreamTarget & { readonly seenKeyId: string | null; readonly keyId: string | null };
}): Promise<ChangeOutcome> {
  const { seenKeyId, keyId } = args.input;
  const fault =
    keyId === seenKeyId ? 'It is that already.' : keyId === null ? null : keyIdFault(keyId);
  if (fault !== null) throw new ServiceError('invalid', `Encryption was not changed. ${fault}`);
  return changeStream<string | null>(args.ctx, args.input, {
    what: 'encryption',
    read: async (_aws, described) => described.keyId,
    contradiction: (now) =>
      now === seenKeyId
        ? null
        : now === null
          ? `encryption has been switched off ${SINCE_YOU_LOOKED}`
          : `the key has become ${now} ${SINCE_YOU_LOOKED}`,
    send: (changes, streamArn, now, signal) =>
      keyId === null
        ? changes.stopEncryption(streamArn, now ?? '', signal)
        : changes.startEncryption(streamArn, keyId, signal),
    // AWS may tell a key in another way than it was named: by its ARN instead of an alias.
    isDone: (now) => (keyId === null ? now === null : now !== null && now !== seenKeyId),
  });
}
