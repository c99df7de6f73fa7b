import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { ApplicationSource, LambdaMapping } from '#lib/domain/consumers/application-source.ts';
import type {
  DeliveryStream,
  EventSourceMapping,
} from '#lib/domain/consumers/managed-consumers.ts';
import type { StreamConsumer } from '#lib/domain/stream-settings.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { type ConsumerCollection, knownStreams } from './consumer-collection.ts';
import type { FollowedApplication } from './followed-application.ts';
import { dropApplications, keepApplication } from './keep-applications.ts';
import { askApi } from './note-api.ts';

type Managed = Exclude<ApplicationSource['kind'], 'kcl' | 'lifion'>;

/** A consumer and those who read through it go by the API that tells of them. null: it could not be asked. */
type Found = {
  readonly consumers: ReadonlyMap<number, readonly StreamConsumer[]> | null;
  readonly mappings: ReadonlyMap<number, readonly EventSourceMapping[]> | null;
  readonly deliveries: readonly DeliveryStream[] | null;
};

/**
 * Looks for consumers that AWS runs or registers itself: enhanced fan-out, functions of Lambda, delivery streams of
 * Firehose. What an API could not tell is left as it was known.
 */
export async function findManaged(
  consumers: ConsumerCollection,
  signal: AbortSignal,
): Promise<void> {
  const streams = knownStreams(consumers).filter(({ summary }) => summary.status !== 'DELETING');
  const { asksAll } = consumers;
  consumers.asksAll = false;
  const registered = await askApi(consumers, 'kinesis:ListStreamConsumers', signal, () =>
    ofEach(streams, (stream) => registeredConsumers(consumers, stream, asksAll, signal)),
  );
  const found: Found = {
    consumers: registered,
    mappings: await askApi(consumers, 'lambda:ListEventSourceMappings', signal, () =>
      ofEach(streams, (stream) =>
        mappingsOf(consumers, stream, registered?.get(stream.streamId) ?? [], signal),
      ),
    ),
    deliveries: await findDeliveries(consumers, signal),
  };
  const readBy = streamsReadBy(streams, found);
  const present = new Set<FollowedApplication>();
  for (const stream of streams) {
    for (const source of sourcesOf(consumers, stream, found, readBy)) {
      const { cadenceSeconds } = stream;
      present.add(await keepApplication(consumers, stream.streamId, source, cadenceSeconds));
    }
  }
  const asked: Readonly<Record<Managed, boolean>> = {
    'enhanced-fan-out': found.consumers !== null,
    lambda: found.mappings !== null && found.consumers !== null,
    firehose: found.deliveries !== null,
  };
  const gone = [...consumers.applications.values()].filter(
    (one) =>
      one.source.kind !== 'kcl' &&
      one.source.kind !== 'lifion' &&
      asked[one.source.kind] &&
      !present.has(one),
  );
  await dropApplications(consumers, gone);
}

async function ofEach<T>(
  streams: readonly TrackedStream[],
  ask: (stream: TrackedStream) => Promise<readonly T[]>,
): Promise<ReadonlyMap<number, readonly T[]>> {
  const found = new Map<number, readonly T[]>();
  // One after the other: their budgets are of a few calls a second.
  for (const stream of streams) {
    try {
      found.set(stream.streamId, await ask(stream));
    } catch (error) {
      // Deleted a moment ago: the next listing will say so.
      if (!(error instanceof AwsFailure) || error.kind !== 'not-found') throw error;
    }
  }
  return found;
}

async function registeredConsumers(
  { collection }: ConsumerCollection,
  { summary }: TrackedStream,
  asksAll: boolean,
  signal: AbortSignal,
): Promise<readonly StreamConsumer[]> {
  // Described more often than its consumers may be listed: most streams have none.
  if (summary.consumerCount === 0 && !asksAll) return [];
  return collection.aws.listConsumers(summary.streamArn, signal);
}

async function mappingsOf(
  { collection }: ConsumerCollection,
  { summary }: TrackedStream,
  registered: readonly StreamConsumer[],
  signal: AbortSignal,
): Promise<readonly EventSourceMapping[]> {
  const { consumers } = collection.aws;
  const found: EventSourceMapping[] = [];
  for (const arn of [summary.streamArn, ...registered.map(({ consumerArn }) => consumerArn)]) {
    found.push(...(await consumers.listEventSourceMappings(arn, signal)));
  }
  return found;
}

async function findDeliveries(
  consumers: ConsumerCollection,
  signal: AbortSignal,
): Promise<readonly DeliveryStream[] | null> {
  const { aws } = consumers.collection;
  const names = await askApi(consumers, 'firehose:ListDeliveryStreams', signal, () =>
    aws.consumers.listDeliveryStreams(signal),
  );
  if (names === null || names.length === 0) return names === null ? null : [];
  return askApi(consumers, 'firehose:DescribeDeliveryStream', signal, async () => {
    const described: DeliveryStream[] = [];
    for (const name of names) {
      described.push(await aws.consumers.describeDeliveryStream(name, signal));
    }
    return described;
  });
}

/** Names of the streams that each function reads. */
function streamsReadBy(
  streams: readonly TrackedStream[],
  { mappings }: Found,
): ReadonlyMap<string, readonly string[]> {
  const readBy = new Map<string, string[]>();
  for (const { streamId, summary } of streams) {
    const names = new Set(mappings?.get(streamId)?.map(({ functionName }) => functionName));
    for (const name of names) readBy.set(name, [...(readBy.get(name) ?? []), summary.streamName]);
  }
  return readBy;
}

function sourcesOf(
  { applications }: ConsumerCollection,
  { streamId, summary }: TrackedStream,
  found: Found,
  readBy: ReadonlyMap<string, readonly string[]>,
): readonly ApplicationSource[] {
  const registered = found.consumers?.get(streamId) ?? [];
  const mappings = found.mappings?.get(streamId) ?? [];
  const nameOf = new Map(registered.map((one) => [one.consumerArn, one.consumerName]));
  const leased = new Set(
    [...applications.values()].flatMap((one) =>
      one.streamId === streamId && one.source.kind === 'kcl' ? one.source.tableName : [],
    ),
  );
  // By name: versions and aliases of a function are told of together, as its metrics are.
  const functions = Map.groupBy(mappings, ({ functionName }) => functionName);
  const toMapping = (mapping: EventSourceMapping): LambdaMapping => ({
    uuid: mapping.uuid,
    state: mapping.state,
    consumerName: nameOf.get(mapping.sourceArn) ?? null,
    batchSize: mapping.batchSize,
    parallelizationFactor: mapping.parallelizationFactor,
    lastResult: mapping.lastResult,
  });
  const lambdas = [...functions.values()].flatMap((same): readonly ApplicationSource[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { functionName, functionArn } = first;
    const alsoReads = readBy.get(functionName)?.filter((name) => name !== summary.streamName) ?? [];
    return [
      { kind: 'lambda', functionName, functionArn, mappings: same.map(toMapping), alsoReads },
    ];
  });
  const usedBy = ({ consumerArn, consumerName }: StreamConsumer) => {
    const lambda = mappings.find(({ sourceArn }) => sourceArn === consumerArn);
    if (lambda !== undefined) return { kind: 'lambda', name: lambda.functionName } as const;
    // The library registers its consumer under the application's name, unless it is told otherwise.
    return leased.has(consumerName) ? ({ kind: 'kcl', name: consumerName } as const) : null;
  };
  return [
    ...registered.map(
      (consumer): ApplicationSource => ({
        kind: 'enhanced-fan-out',
        consumerName: consumer.consumerName,
        consumerArn: consumer.consumerArn,
        status: consumer.status,
        registeredAtMs: consumer.createdAtMs,
        usedBy: usedBy(consumer),
      }),
    ),
    ...lambdas,
    ...(found.deliveries ?? [])
      .filter(({ sourceStreamArn }) => sourceStreamArn === summary.streamArn)
      .map(
        ({ name, arn, status }): ApplicationSource => ({
          kind: 'firehose',
          deliveryStreamName: name,
          deliveryStreamArn: arn,
          status,
        }),
      ),
  ];
}
