import type { ConsumerDescription } from '#server/local-aws/engine/operations/stream-consumers.ts';
import { consumerArn, consumerName, nextToken, streamArn, tagKey, tagValue } from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { instant, integer, required, structure, textMap } from './shape.ts';
import { WireTime, type WireValue } from './wire-value.ts';

const consumerRef = structure({
  StreamARN: streamArn,
  ConsumerName: consumerName,
  ConsumerARN: consumerArn,
});

type ConsumerRefInput = {
  readonly StreamARN: string | undefined;
  readonly ConsumerName: string | undefined;
  readonly ConsumerARN: string | undefined;
};

/** Consumers of enhanced fan-out: to register, describe and deregister them. */
export const CONSUMER_OPERATIONS: OperationTable = {
  RegisterStreamConsumer: operation(
    structure({
      StreamARN: required(streamArn),
      ConsumerName: required(consumerName),
      Tags: textMap(tagKey, tagValue, { max: 200 }),
    }),
    (input, { engine, nowMs }) => {
      const consumer = engine.registerStreamConsumer(
        { streamArn: input.StreamARN, consumerName: input.ConsumerName, tags: input.Tags },
        nowMs,
      );
      return { Consumer: consumerMembers(consumer) };
    },
  ),

  DeregisterStreamConsumer: operation(consumerRef, (input, { engine, nowMs }) => {
    engine.deregisterStreamConsumer(toConsumerRef(input), nowMs);
    return {};
  }),

  DescribeStreamConsumer: operation(consumerRef, (input, { engine, nowMs }) => {
    const consumer = engine.describeStreamConsumer(toConsumerRef(input), nowMs);
    return {
      ConsumerDescription: { ...consumerMembers(consumer), StreamARN: consumer.streamArn },
    };
  }),

  ListStreamConsumers: operation(
    structure({
      StreamARN: required(streamArn),
      NextToken: nextToken,
      MaxResults: integer({ min: 1, max: 10_000 }),
      StreamCreationTimestamp: instant(),
    }),
    (input, { engine, nowMs }) => {
      const { consumers, nextToken: next } = engine.listStreamConsumers(
        {
          streamArn: input.StreamARN,
          nextToken: input.NextToken,
          maxResults: input.MaxResults,
          streamCreatedAtMs: input.StreamCreationTimestamp,
        },
        nowMs,
      );
      return { Consumers: consumers.map(consumerMembers), NextToken: next ?? undefined };
    },
  ),
};

function toConsumerRef({ StreamARN, ConsumerName, ConsumerARN }: ConsumerRefInput) {
  return { streamArn: StreamARN, consumerName: ConsumerName, consumerArn: ConsumerARN };
}

function consumerMembers(consumer: ConsumerDescription) {
  return {
    ConsumerName: consumer.consumerName,
    ConsumerARN: consumer.consumerArn,
    ConsumerStatus: consumer.status,
    ConsumerCreationTimestamp: new WireTime(consumer.createdAtMs),
  } satisfies WireValue;
}
