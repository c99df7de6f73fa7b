import {
  type _Record,
  type ChildShard,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  type Shard,
  SplitShardCommand,
  SubscribeToShardCommand,
  type SubscribeToShardEventStream,
} from '@aws-sdk/client-kinesis';
import { parseSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import {
  ClientFault,
  faultKindOf,
  type KinesisClientPort,
  type Outcome,
  type ReadRecord,
  type ShardDescription,
} from './kinesis-client-port.ts';
import { patientHandler } from './patient-handler.ts';
import { followSubscription } from './sdk-subscription.ts';

export type SdkClientOptions = { readonly endpoint: string; readonly region: string };

/** The port over the wire, by the SDK, as any customer's application would. */
export type SdkClient = KinesisClientPort & { close(): void };

/** Calls are not repeated by the SDK: each answer is counted, and the applications repeat by themselves. */
const ATTEMPTS = 1;

export function sdkClient({ endpoint, region }: SdkClientOptions): SdkClient {
  const kinesis = new KinesisClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: ATTEMPTS,
    requestHandler: patientHandler(),
  });
  const answerDates = rememberDates(kinesis);

  return {
    async putRecords(StreamName, entries) {
      const answer = await attempt(() =>
        kinesis.send(
          new PutRecordsCommand({
            StreamName,
            Records: entries.map(({ partitionKey, data }) => ({
              PartitionKey: partitionKey,
              Data: data,
            })),
          }),
        ),
      );
      return {
        answeredAtMs: answerDates.get(answer.$metadata) ?? Date.now(),
        outcomes: (answer.Records ?? []).map(({ ErrorCode }) => outcomeOf(ErrorCode)),
      };
    },
    async listShards(StreamName) {
      const shards: ShardDescription[] = [];
      let NextToken: string | undefined;
      do {
        const page = await attempt(() =>
          kinesis.send(
            new ListShardsCommand(NextToken === undefined ? { StreamName } : { NextToken }),
          ),
        );
        shards.push(...(page.Shards ?? []).map(describeShard));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return shards;
    },
    async describeStream(StreamName) {
      const answer = await attempt(() =>
        kinesis.send(new DescribeStreamSummaryCommand({ StreamName })),
      );
      const summary = answer.StreamDescriptionSummary;
      return {
        accountId: required(summary?.StreamARN?.split(':')[4], 'StreamARN'),
        createdAtMs: required(summary?.StreamCreationTimestamp, 'creation time').getTime(),
      };
    },
    async splitShard(StreamName, ShardToSplit, NewStartingHashKey) {
      await attempt(() =>
        kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit, NewStartingHashKey })),
      );
    },
    async getShardIterator(StreamName, ShardId, from) {
      const { ShardIterator } = await attempt(() =>
        kinesis.send(
          new GetShardIteratorCommand({
            StreamName,
            ShardId,
            ShardIteratorType: from.type,
            ...('sequenceNumber' in from && {
              StartingSequenceNumber: String(from.sequenceNumber),
            }),
            ...('timestampMs' in from && { Timestamp: new Date(from.timestampMs) }),
          }),
        ),
      );
      return required(ShardIterator, 'ShardIterator');
    },
    async getRecords(ShardIterator, Limit) {
      const answer = await attempt(() =>
        kinesis.send(new GetRecordsCommand({ ShardIterator, Limit })),
      );
      return {
        records: (answer.Records ?? []).map(readRecord),
        nextIterator: answer.NextShardIterator ?? null,
        millisBehindLatest: answer.MillisBehindLatest ?? 0,
        childShards: (answer.ChildShards ?? []).map(describeChild),
      };
    },
    async subscribeToShard(ConsumerARN, ShardId, from) {
      const { EventStream } = await attempt(() =>
        kinesis.send(
          new SubscribeToShardCommand({
            ConsumerARN,
            ShardId,
            StartingPosition: {
              Type: from.type,
              ...('sequenceNumber' in from && { SequenceNumber: String(from.sequenceNumber) }),
              ...('timestampMs' in from && { Timestamp: new Date(from.timestampMs) }),
            },
          }),
        ),
      );
      return followSubscription(required(EventStream, 'EventStream'), readEvent);
    },
    close: () => kinesis.destroy(),
  };
}

/**
 * The Date header of each answer, by the answer's metadata: the SDK keeps headers to itself, and the
 * service's own time is what its metrics go by.
 */
function rememberDates(kinesis: KinesisClient): WeakMap<object, number> {
  const dates = new WeakMap<object, number>();
  kinesis.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const date = headerOf(result.response, 'date');
      if (date !== null && result.output !== undefined) {
        dates.set(result.output.$metadata, Date.parse(date));
      }
      return result;
    },
    { step: 'deserialize', priority: 'high', name: 'rememberDates' },
  );
  return dates;
}

function headerOf(response: unknown, name: string): string | null {
  if (typeof response !== 'object' || response === null || !('headers' in response)) {
    return null;
  }
  const { headers } = response;
  const value: unknown =
    typeof headers === 'object' && headers !== null ? Reflect.get(headers, name) : null;
  return typeof value === 'string' ? value : null;
}

function outcomeOf(errorCode: string | undefined): Outcome {
  if (errorCode === undefined) return 'accepted';
  return errorCode === 'ProvisionedThroughputExceededException' ? 'throttled' : 'failed';
}

function readRecord(record: _Record): ReadRecord {
  return {
    sequenceNumber: sequenceNumberOf(record.SequenceNumber),
    partitionKey: required(record.PartitionKey, 'PartitionKey'),
    data: required(record.Data, 'Data'),
    arrivalMs: required(record.ApproximateArrivalTimestamp, 'arrival').getTime(),
  };
}

function describeChild(child: ChildShard): ShardDescription {
  return {
    shardId: required(child.ShardId, 'ShardId'),
    parentShardIds: child.ParentShards ?? [],
    startingHashKey: required(child.HashKeyRange?.StartingHashKey, 'StartingHashKey'),
    endingHashKey: required(child.HashKeyRange?.EndingHashKey, 'EndingHashKey'),
  };
}

/** @throws ClientFault where the service ends a subscription with an exception. */
function readEvent({ SubscribeToShardEvent: event, ...exceptions }: SubscribeToShardEventStream) {
  if (event === undefined) {
    const [error] = Object.values(exceptions).filter((one) => one instanceof Error);
    throw new ClientFault(faultKindOf(error?.name ?? ''), error);
  }
  return {
    records: (event.Records ?? []).map(readRecord),
    millisBehindLatest: event.MillisBehindLatest ?? 0,
    childShards: (event.ChildShards ?? []).map(describeChild),
  };
}

function describeShard(shard: Shard): ShardDescription {
  return {
    shardId: required(shard.ShardId, 'ShardId'),
    parentShardIds: [shard.ParentShardId, shard.AdjacentParentShardId].filter(
      (id) => id !== undefined,
    ),
    startingHashKey: required(shard.HashKeyRange?.StartingHashKey, 'StartingHashKey'),
    endingHashKey: required(shard.HashKeyRange?.EndingHashKey, 'EndingHashKey'),
  };
}

function sequenceNumberOf(text: string | undefined): SequenceNumber {
  return required(parseSequenceNumber(text ?? '') ?? undefined, 'SequenceNumber');
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new ClientFault('unavailable', new Error(`The answer has no ${name}`));
  }
  return value;
}

async function attempt<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new ClientFault(faultKindOf(error instanceof Error ? error.name : ''), error);
  }
}
