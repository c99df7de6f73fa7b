import { DeleteStreamCommand, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';

/** DeleteStream. */
export const deleteStreamCases: readonly Case[] = [
  defineCase({
    name: 'DeleteStream / the stream is DELETING, then not found, and not listed',
    operation: 'DeleteStream',
    behaviour: 'success',
    expected: 'no error; ResourceNotFoundException in the end; not in ListStreams',
    source: apiReference(
      'DeleteStream',
      'When you invoke the DeleteStream operation, ... the specified stream is in the DELETING state until Kinesis Data Streams completes the deletion.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await t.kinesis.send(new DeleteStreamCommand({ StreamName: name }));
      await t.streams.gone(name);
      const { StreamNames = [] } = await t.kinesis.send(
        new ListStreamsCommand({ ExclusiveStartStreamName: name.slice(0, -1), Limit: 10_000 }),
      );
      t.same('listed', StreamNames.includes(name), false);
    },
  }),
  defineRefusal({
    operation: 'DeleteStream',
    behaviour: 'missing-resource',
    title: 'no such stream',
    exception: 'ResourceNotFoundException',
    message: /^Stream \S+ under account \d{12} not found\.$/,
    source: {
      url: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteStream.html',
      quote: 'ResourceNotFoundException: The requested resource could not be found.',
    },
    prepare: (t) => () => t.kinesis.send(new DeleteStreamCommand({ StreamName: t.freshName() })),
  }),
];
