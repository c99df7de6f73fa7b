import {
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  type DescribeStreamConsumerInput,
  ListStreamConsumersCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { activeConsumer } from '#server/conformance/kinesis/consumers.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';
import { asRefusal } from '#server/conformance/refusal.ts';

const NOT_FOUND = 'ResourceNotFoundException: The requested resource could not be found.';

function register(t: CaseTools, streamArn: string, name: string) {
  return t.kinesis.send(
    new RegisterStreamConsumerCommand({ StreamARN: streamArn, ConsumerName: name }),
  );
}

function describe(t: CaseTools, input: DescribeStreamConsumerInput) {
  return t.kinesis.send(new DescribeStreamConsumerCommand(input));
}

function deregistered(t: CaseTools, consumerArn: string): Promise<true> {
  return t.eventually('the consumer is not found', async () => {
    try {
      await describe(t, { ConsumerARN: consumerArn });
      return undefined;
    } catch (error) {
      if (asRefusal(error)?.name === 'ResourceNotFoundException') return true;
      throw error;
    }
  });
}

async function activeConsumers(t: CaseTools, streamArn: string, names: readonly string[]) {
  // Five at once: "you cannot have more than 5 consumers in a CREATING status at the same time".
  for (let from = 0; from < names.length; from += 5) {
    await Promise.all(
      names.slice(from, from + 5).map((name) => activeConsumer(t, streamArn, name)),
    );
  }
}

const registering: readonly Case[] = [
  defineCase({
    name: 'RegisterStreamConsumer / is CREATING at first, with an ARN of the stream, its name and time',
    operation: 'RegisterStreamConsumer',
    behaviour: 'success',
    expected: 'ConsumerARN = stream ARN + /consumer/ + name : seconds of creation; then ACTIVE',
    source: apiReference(
      'Consumer',
      "If you delete a consumer and then create a new one with the same name, it won't have the same ARN. That's because consumer ARNs contain the creation timestamp. ... Pattern: ^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+",
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      const { Consumer } = await register(t, arn, 'reader');
      const createdAt = Consumer?.ConsumerCreationTimestamp;
      t.same('ConsumerName', Consumer?.ConsumerName, 'reader');
      t.holds(
        'ConsumerStatus',
        Consumer?.ConsumerStatus === 'CREATING' || Consumer?.ConsumerStatus === 'ACTIVE',
        Consumer?.ConsumerStatus,
      );
      t.same(
        'ConsumerARN',
        Consumer?.ConsumerARN,
        `${arn}/consumer/reader:${Math.floor((createdAt?.getTime() ?? 0) / 1_000)}`,
      );
      await t.eventually('ACTIVE', async () => {
        const { ConsumerDescription } = await describe(t, { ConsumerARN: Consumer?.ConsumerARN });
        return ConsumerDescription?.ConsumerStatus === 'ACTIVE' ? true : undefined;
      });
      t.same('ConsumerCount', (await t.streams.summary(name)).ConsumerCount, 1);
    },
  }),
  defineCase({
    name: 'RegisterStreamConsumer / the same name with two streams',
    operation: 'RegisterStreamConsumer',
    behaviour: 'success',
    expected: 'two consumers',
    source: apiReference(
      'RegisterStreamConsumer',
      "For a given Kinesis data stream, each consumer must have a unique name. However, consumer names don't have to be unique across data streams.",
    ),
    async run(t) {
      const [one, two] = await Promise.all([t.streams.make(), t.streams.make()]);
      const first = await activeConsumer(t, one.arn);
      const second = await activeConsumer(t, two.arn);
      t.holds('different ARNs', first !== second, [first, second]);
    },
  }),
  defineRefusal({
    operation: 'RegisterStreamConsumer',
    behaviour: 'wrong-state',
    title: 'the stream has a consumer of this name',
    exception: 'ResourceInUseException',
    source: apiReference(
      'RegisterStreamConsumer',
      'For a given Kinesis data stream, each consumer must have a unique name. (ResourceInUseException)',
    ),
    async prepare(t) {
      const { arn } = await t.streams.make();
      await activeConsumer(t, arn);
      return () => register(t, arn, 'reader');
    },
  }),
  refusedWhileCreating('RegisterStreamConsumer', (t, { arn }) => register(t, arn, 'reader')),
  ...[
    ['an empty name', ''],
    ['a name of 129 characters', 'a'.repeat(129)],
    ['a name with a blank', 'a reader'],
  ].map(([title = '', name = '']) =>
    defineRefusal({
      operation: 'RegisterStreamConsumer',
      behaviour: 'invalid-argument',
      title,
      exception: BAD_PARAMETER,
      source: apiReference(
        'RegisterStreamConsumer',
        'ConsumerName: Length Constraints: Minimum length of 1. Maximum length of 128. Pattern: [a-zA-Z0-9_.-]+',
      ),
      async prepare(t) {
        const { arn } = await t.sharedStream();
        return () => register(t, arn, name);
      },
    }),
  ),
  defineCase({
    name: 'RegisterStreamConsumer / a 21st consumer of a provisioned stream',
    operation: 'RegisterStreamConsumer',
    behaviour: 'limit',
    expected: 'LimitExceededException',
    source: apiReference(
      'RegisterStreamConsumer',
      'With On-demand Standard and Provisioned streams, you can register up to 20 consumers per stream to use Enhanced Fan-out.',
    ),
    exclusive: true,
    async run(t) {
      const { name, arn } = await t.streams.make();
      const names = Array.from({ length: 20 }, (_none, index) => `reader-${index}`);
      await activeConsumers(t, arn, names);
      t.same('ConsumerCount', (await t.streams.summary(name)).ConsumerCount, 20);
      await t.refused('LimitExceededException', () => register(t, arn, 'reader-20'));
    },
  }),
  defineCase({
    name: 'RegisterStreamConsumer / a sixth while five are CREATING',
    operation: 'RegisterStreamConsumer',
    behaviour: 'limit',
    expected: 'LimitExceededException',
    source: apiReference(
      'RegisterStreamConsumer',
      'Registering a 6th consumer while there are 5 in a CREATING status results in a LimitExceededException.',
    ),
    exclusive: true,
    async run(t) {
      const { arn } = await t.streams.make();
      const answers = await Promise.allSettled(
        Array.from({ length: 8 }, (_none, index) =>
          t.impatientKinesis.send(
            new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: `reader-${index}` }),
          ),
        ),
      );
      const refused = answers.flatMap((answer) =>
        answer.status === 'rejected' ? (asRefusal(answer.reason)?.name ?? 'no answer') : [],
      );
      const { Consumers = [] } = await t.kinesis.send(
        new ListStreamConsumersCommand({ StreamARN: arn }),
      );
      const creating = Consumers.filter(({ ConsumerStatus }) => ConsumerStatus === 'CREATING');
      if (refused.length === 0 && creating.length <= 5) {
        return t.notApplicable('consumers are ACTIVE too soon');
      }
      t.holds('refused', refused.length > 0, refused);
      t.same('by', [...new Set(refused)], ['LimitExceededException']);
    },
  }),
];

const describing: readonly Case[] = [
  defineCase({
    name: 'DescribeStreamConsumer / by ARN, by stream and name, and by all three',
    operation: 'DescribeStreamConsumer',
    behaviour: 'success',
    expected: 'the same consumer, with the ARN of its stream',
    source: apiReference(
      'DescribeStreamConsumer',
      "To get the description of a registered consumer, provide the ARN of the consumer. Alternatively, you can provide the ARN of the data stream and the name you gave the consumer when you registered it. You may also provide all three parameters, as long as they don't conflict with each other.",
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const consumer = await activeConsumer(t, arn);
      const ways = await Promise.all([
        describe(t, { ConsumerARN: consumer }),
        describe(t, { StreamARN: arn, ConsumerName: 'reader' }),
        describe(t, { StreamARN: arn, ConsumerName: 'reader', ConsumerARN: consumer }),
      ]);
      for (const { ConsumerDescription: seen } of ways) {
        t.same('ConsumerARN', seen?.ConsumerARN, consumer);
        t.same('ConsumerName', seen?.ConsumerName, 'reader');
        t.same('ConsumerStatus', seen?.ConsumerStatus, 'ACTIVE');
        t.same('StreamARN', seen?.StreamARN, arn);
      }
    },
  }),
  defineRefusal({
    operation: 'DescribeStreamConsumer',
    behaviour: 'invalid-argument',
    title: 'an ARN and the name of another',
    exception: [...BAD_PARAMETER, 'ResourceNotFoundException'],
    source: apiReference(
      'DescribeStreamConsumer',
      "You may also provide all three parameters, as long as they don't conflict with each other.",
    ),
    async prepare(t) {
      const { arn } = await t.streams.make();
      const consumer = await activeConsumer(t, arn, 'one');
      await activeConsumer(t, arn, 'two');
      return () => describe(t, { StreamARN: arn, ConsumerName: 'two', ConsumerARN: consumer });
    },
  }),
];

/** What Describe- and DeregisterStreamConsumer have in common. */
const byArnOrName: readonly Case[] = (
  ['DescribeStreamConsumer', 'DeregisterStreamConsumer'] as const
).flatMap((operation) => {
  const send = (
    t: CaseTools,
    input: { StreamARN?: string; ConsumerName?: string; ConsumerARN?: string },
  ) =>
    operation === 'DescribeStreamConsumer'
      ? t.kinesis.send(new DescribeStreamConsumerCommand(input))
      : t.kinesis.send(new DeregisterStreamConsumerCommand(input));
  return [
    defineRefusal({
      operation,
      behaviour: 'missing-resource',
      title: 'no consumer of this name',
      exception: 'ResourceNotFoundException',
      source: apiReference(operation, NOT_FOUND),
      async prepare(t) {
        const { arn } = await t.sharedStream();
        return () => send(t, { StreamARN: arn, ConsumerName: 'nobody' });
      },
    }),
    defineRefusal({
      operation,
      behaviour: 'missing-resource',
      title: 'no consumer of this ARN',
      exception: 'ResourceNotFoundException',
      source: apiReference(operation, NOT_FOUND),
      async prepare(t) {
        const { arn } = await t.sharedStream();
        return () => send(t, { ConsumerARN: `${arn}/consumer/nobody:1700000000` });
      },
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'a stream without a name of a consumer',
      exception: BAD_PARAMETER,
      source: apiReference(
        operation,
        'provide the ARN of the consumer. Alternatively, you can provide the ARN of the data stream and the name you gave the consumer when you registered it.',
      ),
      async prepare(t) {
        const { arn } = await t.sharedStream();
        return () => send(t, { StreamARN: arn });
      },
    }),
    defineRefusal({
      operation,
      behaviour: 'invalid-argument',
      title: 'nothing',
      exception: BAD_PARAMETER,
      source: apiReference(
        operation,
        'provide the ARN of the consumer. Alternatively, you can provide the ARN of the data stream and the name you gave the consumer when you registered it.',
      ),
      prepare: (t) => () => send(t, {}),
    }),
  ];
});

const listing: readonly Case[] = [
  defineCase({
    name: 'ListStreamConsumers / names, ARNs and states',
    operation: 'ListStreamConsumers',
    behaviour: 'success',
    expected: 'each consumer once, ACTIVE; no NextToken',
    source: apiReference(
      'ListStreamConsumers',
      'Lists the consumers registered to receive data from a stream using enhanced fan-out, and provides information about each consumer.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const none = await t.kinesis.send(new ListStreamConsumersCommand({ StreamARN: arn }));
      t.same('Consumers before', none.Consumers, []);
      const arns = [await activeConsumer(t, arn, 'one'), await activeConsumer(t, arn, 'two')];
      const answer = await t.kinesis.send(new ListStreamConsumersCommand({ StreamARN: arn }));
      t.same('ARNs', answer.Consumers?.map(({ ConsumerARN }) => ConsumerARN).sort(), arns.sort());
      t.same(
        'states',
        answer.Consumers?.map(({ ConsumerStatus }) => ConsumerStatus),
        ['ACTIVE', 'ACTIVE'],
      );
      t.same('NextToken', answer.NextToken, undefined);
    },
  }),
  defineCase({
    name: 'ListStreamConsumers / pages by MaxResults and NextToken',
    operation: 'ListStreamConsumers',
    behaviour: 'paging',
    expected: 'pages of 2 and 1, each consumer once',
    source: apiReference(
      'ListStreamConsumers',
      'if you explicitly specify a value for MaxResults that is less than the number of consumers that are registered with the data stream, the response includes a pagination token named NextToken. You can specify this NextToken value in a subsequent call',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      await activeConsumers(t, arn, ['one', 'two', 'three']);
      const first = await t.kinesis.send(
        new ListStreamConsumersCommand({ StreamARN: arn, MaxResults: 2 }),
      );
      t.same('first page', first.Consumers?.length, 2);
      t.holds('NextToken', first.NextToken !== undefined, first.NextToken);
      if (first.NextToken === undefined) return;
      const second = await t.kinesis.send(
        new ListStreamConsumersCommand({
          StreamARN: arn,
          NextToken: first.NextToken,
          MaxResults: 2,
        }),
      );
      t.same('second page', second.Consumers?.length, 1);
      t.same('NextToken at the end', second.NextToken, undefined);
      const names = [...(first.Consumers ?? []), ...(second.Consumers ?? [])].map(
        ({ ConsumerName }) => ConsumerName,
      );
      t.same('names', names.sort(), ['one', 'three', 'two']);
    },
  }),
  defineRefusal({
    operation: 'ListStreamConsumers',
    behaviour: 'missing-resource',
    title: 'a stream of this name that was made at another time',
    exception: 'ResourceNotFoundException',
    source: apiReference(
      'ListStreamConsumers',
      'StreamCreationTimestamp: Specify this input parameter to distinguish data streams that have the same name.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () =>
        t.kinesis.send(
          new ListStreamConsumersCommand({
            StreamARN: arn,
            StreamCreationTimestamp: new Date('2020-01-01T00:00:00Z'),
          }),
        );
    },
  }),
  defineRefusal({
    operation: 'ListStreamConsumers',
    behaviour: 'invalid-argument',
    title: 'a NextToken that nobody gave',
    exception: [...BAD_PARAMETER, 'ExpiredNextTokenException'],
    source: apiReference(
      'ListStreamConsumers',
      "InvalidArgumentException: A specified parameter exceeds its restrictions, is not supported, or can't be used. ExpiredNextTokenException: The pagination token passed to the operation is expired.",
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () =>
        t.kinesis.send(
          new ListStreamConsumersCommand({ StreamARN: arn, NextToken: 'no-such-token' }),
        );
    },
  }),
  ...[0, 10_001].map((max) =>
    defineRefusal({
      operation: 'ListStreamConsumers',
      behaviour: max === 0 ? 'invalid-argument' : 'limit',
      title: `MaxResults ${max}`,
      exception: BAD_PARAMETER,
      source: apiReference(
        'ListStreamConsumers',
        'MaxResults: Valid Range: Minimum value of 1. Maximum value of 10000.',
      ),
      async prepare(t) {
        const { arn } = await t.sharedStream();
        return () =>
          t.kinesis.send(new ListStreamConsumersCommand({ StreamARN: arn, MaxResults: max }));
      },
    }),
  ),
];

const deregistering: readonly Case[] = [
  defineCase({
    name: 'DeregisterStreamConsumer / by ARN; the name is free for another consumer',
    operation: 'DeregisterStreamConsumer',
    behaviour: 'success',
    expected: 'not found, not counted; registered again with an ARN of its own',
    source: apiReference(
      'Consumer',
      "If you delete a consumer and then create a new one with the same name, it won't have the same ARN. That's because consumer ARNs contain the creation timestamp.",
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      const first = await activeConsumer(t, arn);
      await t.kinesis.send(new DeregisterStreamConsumerCommand({ ConsumerARN: first }));
      t.same('gone', await deregistered(t, first), true);
      t.same('ConsumerCount', (await t.streams.summary(name)).ConsumerCount, 0);
      t.same('registered again', (await activeConsumer(t, arn)).split(':')[5], first.split(':')[5]);
    },
  }),
  defineCase({
    name: 'DeregisterStreamConsumer / by stream and name; the other consumer stays',
    operation: 'DeregisterStreamConsumer',
    behaviour: 'success',
    expected: 'only this one is gone',
    source: apiReference(
      'DeregisterStreamConsumer',
      'Alternatively, you can provide the ARN of the data stream and the name you gave the consumer when you registered it.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const one = await activeConsumer(t, arn, 'one');
      const two = await activeConsumer(t, arn, 'two');
      await t.kinesis.send(
        new DeregisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: 'one' }),
      );
      await deregistered(t, one);
      const { ConsumerDescription } = await describe(t, { ConsumerARN: two });
      t.same('the other', ConsumerDescription?.ConsumerStatus, 'ACTIVE');
    },
  }),
];

/** Enhanced fan-out consumers, but for SubscribeToShard. */
export const consumersCases: readonly Case[] = [
  ...registering,
  ...describing,
  ...byArnOrName,
  ...listing,
  ...deregistering,
];
