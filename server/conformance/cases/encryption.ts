import {
  PutRecordCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { refusedWhile, refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

const KINESIS_KEY = 'alias/aws/kinesis';

function start(t: CaseTools, name: string, keyId = KINESIS_KEY): Promise<unknown> {
  return t.kinesis.send(
    new StartStreamEncryptionCommand({ StreamName: name, EncryptionType: 'KMS', KeyId: keyId }),
  );
}

function stop(t: CaseTools, name: string, keyId = KINESIS_KEY): Promise<unknown> {
  return t.kinesis.send(
    new StopStreamEncryptionCommand({ StreamName: name, EncryptionType: 'KMS', KeyId: keyId }),
  );
}

/** The type that a new record is answered with; eventually, since "it can take up to 5 seconds". */
function recordsAre(t: CaseTools, name: string, type: 'KMS' | 'NONE'): Promise<string> {
  return t.eventually(`records are ${type}`, async () => {
    const { EncryptionType = 'NONE' } = await t.kinesis.send(
      new PutRecordCommand({ StreamName: name, PartitionKey: 'a', Data: new Uint8Array(1) }),
    );
    return EncryptionType === type ? EncryptionType : undefined;
  });
}

/** StartStreamEncryption and StopStreamEncryption. */
export const encryptionCases: readonly Case[] = [
  defineCase({
    name: 'StartStreamEncryption / with the key of Kinesis',
    operation: 'StartStreamEncryption',
    behaviour: 'success',
    expected: 'EncryptionType KMS and the KeyId in DescribeStreamSummary, KMS with new records',
    source: apiReference(
      'StartStreamEncryption',
      'After you enable encryption, you can verify that encryption is applied by inspecting the API response from PutRecord or PutRecords. ... Master key owned by Kinesis Data Streams: alias/aws/kinesis',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await start(t, name);
      const { EncryptionType, KeyId } = await t.streams.active(name);
      t.same('EncryptionType', EncryptionType, 'KMS');
      t.same('KeyId', KeyId, KINESIS_KEY);
      t.same('of new records', await recordsAre(t, name, 'KMS'), 'KMS');
    },
  }),
  defineCase({
    name: 'StopStreamEncryption / after it was started',
    operation: 'StopStreamEncryption',
    behaviour: 'success',
    expected: 'EncryptionType NONE and no KeyId, NONE with new records',
    source: apiReference(
      'StopStreamEncryption',
      'Once the status of the stream is ACTIVE, records written to the stream are no longer encrypted by Kinesis Data Streams.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await start(t, name);
      await t.streams.active(name);
      await stop(t, name);
      const { EncryptionType, KeyId } = await t.streams.active(name);
      t.same('EncryptionType', EncryptionType, 'NONE');
      t.same('KeyId', KeyId, undefined);
      t.same('of new records', await recordsAre(t, name, 'NONE'), 'NONE');
    },
  }),
  defineCase({
    name: 'StartStreamEncryption / the stream is UPDATING meanwhile',
    operation: 'StartStreamEncryption',
    behaviour: 'wrong-state',
    expected: 'StreamStatus UPDATING; a second StartStreamEncryption is ResourceInUseException',
    source: apiReference(
      'StartStreamEncryption',
      'Starting encryption is an asynchronous operation. Upon receiving the request, Kinesis Data Streams returns immediately and sets the status of the stream to UPDATING.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await start(t, name);
      await refusedWhile(t, 'UPDATING', name, () => start(t, name));
    },
  }),
  refusedWhileCreating('StopStreamEncryption', (t, { name }) => stop(t, name)),
  ...(['StartStreamEncryption', 'StopStreamEncryption'] as const).flatMap((operation) => {
    const send = operation.startsWith('Start') ? start : stop;
    return [
      defineRefusal({
        operation,
        behaviour: 'invalid-argument',
        title: 'an empty key',
        exception: BAD_PARAMETER,
        source: apiReference(
          operation,
          'KeyId: Length Constraints: Minimum length of 1. Maximum length of 2048.',
        ),
        async prepare(t) {
          const { name } = await t.sharedStream();
          return () => send(t, name, '');
        },
      }),
      defineRefusal({
        operation,
        behaviour: 'invalid-argument',
        title: 'a key of 2049 characters',
        exception: BAD_PARAMETER,
        source: apiReference(
          operation,
          'KeyId: Length Constraints: Minimum length of 1. Maximum length of 2048.',
        ),
        async prepare(t) {
          const { name } = await t.sharedStream();
          return () => send(t, name, 'k'.repeat(2_049));
        },
      }),
    ];
  }),
  defineRefusal({
    operation: 'StartStreamEncryption',
    behaviour: 'invalid-argument',
    title: 'encryption of no kind that there is',
    exception: BAD_PARAMETER,
    source: apiReference(
      'StartStreamEncryption',
      'EncryptionType: The encryption type to use. The only valid value is KMS.',
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () =>
        t.kinesis.send(
          new StartStreamEncryptionCommand({
            StreamName: name,
            EncryptionType: 'ROT13' as 'KMS',
            KeyId: KINESIS_KEY,
          }),
        );
    },
  }),
];
