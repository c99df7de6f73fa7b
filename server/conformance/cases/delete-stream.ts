import {
  DeleteStreamCommand,
  ListStreamsCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import { observedByKinesalite, observedInIssue } from '#server/conformance/kinesis/sources.ts';

/** DeleteStream. */
export const deleteStreamCases: readonly Case[] = [
  defineCase({
    name: 'DeleteStream / the stream is not found in the end, and not listed',
    operation: 'DeleteStream',
    behaviour: 'success',
    expected: 'ResourceNotFoundException in the end; not in ListStreams',
    source: apiReference(
      'DeleteStream',
      'After a DeleteStream request, the specified stream is in the DELETING state until Kinesis Data Streams completes the deletion.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
      await t.streams.gone(name);
      const { StreamNames = [] } = await t.kinesis.send(
        new ListStreamsCommand({ ExclusiveStartStreamName: name.slice(0, -1), Limit: 100 }),
      );
      t.same('listed', StreamNames.includes(name), false);
    },
  }),
  defineCase({
    name: 'DeleteStream / by ARN',
    operation: 'DeleteStream',
    behaviour: 'success',
    expected: 'ResourceNotFoundException in the end',
    source: apiReference('DeleteStream', 'StreamARN: The ARN of the stream.'),
    async run(t) {
      const { name, arn } = await t.streams.make();
      await t.kinesis.send(new DeleteStreamCommand({ StreamARN: arn }));
      t.same('gone', await t.streams.gone(name), true);
    },
  }),
  defineCase({
    name: 'DeleteStream / while it is CREATING',
    operation: 'DeleteStream',
    behaviour: 'success',
    expected: 'StreamStatus DELETING, then ResourceNotFoundException',
    source: observedByKinesalite(
      'deleteStream',
      "it('should allow stream to be deleted while it is being created' ... StreamStatus: 'DELETING'",
    ),
    async run(t) {
      const { name } = await t.streams.begin();
      const { StreamStatus } = await t.streams.summary(name);
      if (StreamStatus !== 'CREATING') return t.notApplicable('streams are ACTIVE at once');
      await t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
      const after = await t.streams.summary(name).catch(() => undefined);
      if (after !== undefined) t.same('StreamStatus', after.StreamStatus, 'DELETING');
      t.same('gone', await t.streams.gone(name), true);
    },
  }),
  defineCase({
    name: 'DeleteStream / with consumers, enforced',
    operation: 'DeleteStream',
    behaviour: 'success',
    expected: 'ResourceNotFoundException in the end',
    source: apiReference(
      'DeleteStream',
      'EnforceConsumerDeletion: If this parameter is unset (null) or if you set it to false, and the stream has registered consumers, the call to DeleteStream fails with a ResourceInUseException.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      await t.kinesis.send(
        new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: 'reader' }),
      );
      await t.kinesis.send(
        new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }),
      );
      t.same('gone', await t.streams.gone(name), true);
    },
  }),
  defineRefusal({
    operation: 'DeleteStream',
    behaviour: 'wrong-state',
    title: 'it has a consumer, and deletion is not enforced',
    exception: 'ResourceInUseException',
    message:
      /^DeleteStream can.t delete \d{12}:\S+ because there are consumers associated with this data stream\. To delete \S+ anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it\.$/,
    source: observedInIssue(
      'hashicorp/terraform-provider-aws/issues/8420',
      "DeleteStream can't delete 168482979755:103-poc-kinesis-stream because there are consumers associated with this data stream. To delete 103-poc-kinesis-stream anyway, set the EnforceConsumerDeletion parameter",
    ),
    async prepare(t) {
      const { name, arn } = await t.streams.make();
      await t.kinesis.send(
        new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: 'reader' }),
      );
      return () => t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
    },
  }),
];
