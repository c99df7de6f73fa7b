import type { IncomingMessage } from 'node:http';
import { parseConsumerArn, parseStreamArn } from '#server/local-aws/engine/arn.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { streamNameOfShardsToken } from '#server/local-aws/engine/operations/list-shards.ts';
import { streamNameOfIterator } from '#server/local-aws/engine/shard-iterator.ts';
import { cborCodec } from './cbor-codec.ts';
import type { Codec } from './codec.ts';
import { jsonCodec } from './json-codec.ts';
import type { OperationTable } from './operation.ts';

/** What `x-amz-target` begins with for this service. */
const KINESIS_TARGET_PREFIX = 'Kinesis_20131202.';

const CODECS: ReadonlyMap<string, Codec> = new Map([
  [jsonCodec.contentType, jsonCodec],
  // The older name of the same; AWS takes it too.
  ['application/json', jsonCodec],
  [cborCodec.contentType, cborCodec],
]);

/** What is asked, in which encoding; the input is decoded, but not looked at yet. */
export type OpenRequest = {
  readonly operationName: string;
  readonly codec: Codec;
  readonly input: unknown;
};

/** The encoding that a request says it is in; undefined for one that is not known. */
export function codecOf(req: IncomingMessage): Codec | undefined {
  return CODECS.get((req.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '');
}

/** Finds out what is asked. @returns the error where that cannot be told. */
export function openRequest(
  req: IncomingMessage,
  body: Buffer,
  codec: Codec | undefined,
  operations: OperationTable,
): OpenRequest | KinesisError {
  const target = String(req.headers['x-amz-target'] ?? '');
  const operationName = target.startsWith(KINESIS_TARGET_PREFIX)
    ? target.slice(KINESIS_TARGET_PREFIX.length)
    : '';
  if (req.method !== 'POST' || codec === undefined || !Object.hasOwn(operations, operationName)) {
    return new KinesisError('UnknownOperationException', '');
  }
  let input: unknown;
  try {
    input = codec.decode(body);
  } catch (error) {
    if (error instanceof KinesisError) {
      return error;
    }
    throw error;
  }
  // AWS reads the body before it looks for a signature, as other implementations have observed.
  return hasCredentials(req)
    ? { operationName, codec, input }
    : new KinesisError('MissingAuthenticationTokenException', 'Missing Authentication Token');
}

function hasCredentials(req: IncomingMessage): boolean {
  return req.headers.authorization !== undefined || /[?&]X-Amz-Credential=/.test(req.url ?? '');
}

/** The stream that a request is about, where it says so. */
export function streamNameOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) {
    return null;
  }
  const named: {
    StreamName?: unknown;
    StreamARN?: unknown;
    ConsumerARN?: unknown;
    ResourceARN?: unknown;
    ShardIterator?: unknown;
    NextToken?: unknown;
  } = input;
  if (typeof named.StreamName === 'string') {
    return named.StreamName;
  }
  const arn = named.StreamARN ?? named.ConsumerARN ?? named.ResourceARN;
  if (typeof arn === 'string') {
    return (parseStreamArn(arn) ?? parseConsumerArn(arn))?.streamName ?? null;
  }
  if (typeof named.ShardIterator === 'string') {
    return streamNameOfIterator(named.ShardIterator);
  }
  return typeof named.NextToken === 'string' ? streamNameOfShardsToken(named.NextToken) : null;
}

/** The shard that a request is about, where it says so. */
export function shardIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) {
    return null;
  }
  const { ShardId: shardId }: { ShardId?: unknown } = input;
  return typeof shardId === 'string' ? shardId : null;
}
