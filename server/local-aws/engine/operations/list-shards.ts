import { type Shard, type ShardId, shardIndexOf } from '#lib/domain/shard.ts';
import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import type { EngineShard } from '#server/local-aws/engine/engine-shard.ts';
import type { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { sealToken, unsealToken } from '#server/local-aws/engine/sealed-token.ts';

const KIND = 'shards';
const PAGE_SHARDS_DEFAULT = 1_000;

/** AWS's own: a NextToken is good for so long. */
const TOKEN_LIFE_MS = 300_000;

export type ShardFilter =
  | { readonly type: 'AFTER_SHARD_ID'; readonly shardId: ShardId }
  | { readonly type: 'AT_TRIM_HORIZON' | 'FROM_TRIM_HORIZON' | 'AT_LATEST' }
  | { readonly type: 'AT_TIMESTAMP' | 'FROM_TIMESTAMP'; readonly timestampMs: number };

/** With a `nextToken` neither stream nor filter is given: the token knows them. */
export type ListShardsInput = StreamRef & {
  readonly nextToken?: string | undefined;
  readonly streamCreatedAtMs?: number | undefined;
  readonly exclusiveStartShardId?: ShardId | undefined;
  readonly maxResults?: number | undefined;
  readonly filter?: ShardFilter | undefined;
};

export type ListShardsOutput = {
  /** Ascending by id. */
  readonly shards: readonly Shard[];
  readonly nextToken: string | null;
};

/** Where a listing stands: what the caller asked first, and the shard after which it goes on. */
type Cursor = {
  readonly streamName: string;
  readonly createdAtMs: number;
  readonly filterType: ShardFilter['type'] | '';
  /** The instant that a filter by time looks at, fixed by the first page: all pages show one partition. */
  readonly filterAtMs: number;
  readonly afterShardId: ShardId | null;
};

/**
 * @throws KinesisError ResourceNotFound, ResourceInUse (while CREATING or DELETING), InvalidArgument,
 * ExpiredNextTokenException.
 */
export function listShards(
  account: Account,
  input: ListShardsInput,
  nowMs: number,
): ListShardsOutput {
  const { stream, cursor } =
    input.nextToken === undefined
      ? begin(account, input, nowMs)
      : resume(account, input, input.nextToken, nowMs);
  const rest = shardsAfter(
    retainedShards(stream, nowMs).filter((shard) => isListed(shard, cursor)),
    cursor.afterShardId,
  );
  const limit = input.maxResults ?? PAGE_SHARDS_DEFAULT;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    shards: page.map((shard) => shard.describe()),
    nextToken:
      rest.length > limit && last !== undefined
        ? seal({ ...cursor, afterShardId: last.shardId }, nowMs)
        : null,
  };
}

/** The shards that retention still knows, ascending by id. */
export function retainedShards(stream: EngineStream, nowMs: number): readonly EngineShard[] {
  return [...stream.shards].filter((shard) => !shard.isExpired(nowMs, stream.retentionMs));
}

/** Shards with an id above `shardId`, which itself need not exist; all of them for null. */
export function shardsAfter(
  shards: readonly EngineShard[],
  shardId: ShardId | null,
): readonly EngineShard[] {
  const index = shardId === null ? -1 : (shardIndexOf(shardId) ?? -1);
  return shards.filter((shard) => shard.index > index);
}

function begin(account: Account, input: ListShardsInput, nowMs: number) {
  const stream = account.stream(input, nowMs);
  if (input.streamCreatedAtMs !== undefined && !stream.wasCreatedAt(input.streamCreatedAtMs)) {
    throw account.streamNotFound(stream.name);
  }
  assertNotInTransit(account, stream);
  const filter = input.filter;
  const cursor: Cursor = {
    streamName: stream.name,
    createdAtMs: stream.createdAtMs,
    filterType: filter?.type ?? '',
    filterAtMs: filter === undefined ? 0 : instantOf(filter, stream, nowMs),
    afterShardId:
      filter?.type === 'AFTER_SHARD_ID' ? filter.shardId : (input.exclusiveStartShardId ?? null),
  };
  return { stream, cursor };
}

/** @throws KinesisError ResourceInUseException while the stream is CREATING or DELETING. */
export function assertNotInTransit(account: Account, stream: EngineStream): void {
  if (stream.status === 'CREATING' || stream.status === 'DELETING') {
    throw new KinesisError(
      'ResourceInUseException',
      `Stream ${stream.name} under account ${account.options.accountId} not ACTIVE or UPDATING, instead in state ${stream.status}`,
    );
  }
}

function instantOf(filter: ShardFilter, stream: EngineStream, nowMs: number): number {
  switch (filter.type) {
    case 'AFTER_SHARD_ID':
      return 0;
    case 'AT_LATEST':
      return nowMs;
    case 'AT_TRIM_HORIZON':
    case 'FROM_TRIM_HORIZON':
      return firstInstant(stream, nowMs);
    case 'AT_TIMESTAMP':
    case 'FROM_TIMESTAMP':
      if (filter.timestampMs > nowMs) {
        throw new KinesisError(
          'InvalidArgumentException',
          `Timestamp in ShardFilter ${filter.timestampMs} is in the future; it is ${nowMs} now.`,
        );
      }
      return Math.max(filter.timestampMs, firstInstant(stream, nowMs));
  }
}

/** Retention's edge, but not before the first shards were open: CREATING ends after the creation time. */
function firstInstant(stream: EngineStream, nowMs: number): number {
  const [first] = stream.shards;
  return Math.max(nowMs - stream.retentionMs, first?.openedAtMs ?? stream.createdAtMs);
}

function isListed(shard: EngineShard, { filterType, filterAtMs }: Cursor): boolean {
  switch (filterType) {
    case '':
    case 'AFTER_SHARD_ID':
      return true;
    case 'AT_LATEST':
    case 'AT_TRIM_HORIZON':
    case 'AT_TIMESTAMP':
      return shard.wasOpenAt(filterAtMs);
    case 'FROM_TRIM_HORIZON':
    case 'FROM_TIMESTAMP':
      return shard.closedAtMs === null || shard.closedAtMs > filterAtMs;
  }
}

function seal(cursor: Cursor, nowMs: number): string {
  const { streamName, createdAtMs, filterType, filterAtMs, afterShardId } = cursor;
  return sealToken(KIND, [
    streamName,
    createdAtMs,
    filterType,
    filterAtMs,
    afterShardId ?? '',
    nowMs,
  ]);
}

/** The stream that a token goes on with; null where it is no token of a listing of shards. */
export function streamNameOfShardsToken(nextToken: string): string | null {
  return unsealToken(KIND, nextToken)?.[0] ?? null;
}

const FILTER_TYPES: readonly string[] = [
  '',
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
] satisfies readonly Cursor['filterType'][];

function isFilterType(text: string): text is Cursor['filterType'] {
  return FILTER_TYPES.includes(text);
}

/** The token knows all of these. @throws KinesisError InvalidArgumentException where one is given beside it. */
function assertTokenAlone(input: ListShardsInput): void {
  const beside = [
    ['StreamName', input.streamName],
    ['StreamARN', input.streamArn],
    ['ExclusiveStartShardId', input.exclusiveStartShardId],
    ['StreamCreationTimestamp', input.streamCreatedAtMs],
    ['ShardFilter', input.filter],
  ].find(([, value]) => value !== undefined);
  if (beside !== undefined) {
    throw new KinesisError(
      'InvalidArgumentException',
      `NextToken and ${beside[0]} cannot be provided together.`,
    );
  }
}

function resume(account: Account, input: ListShardsInput, nextToken: string, nowMs: number) {
  assertTokenAlone(input);
  const [streamName, createdAtMs, filterType, filterAtMs, afterShardId, issuedAtMs] =
    unsealToken(KIND, nextToken) ?? [];
  if (
    streamName === undefined ||
    filterType === undefined ||
    !isFilterType(filterType) ||
    afterShardId === undefined
  ) {
    throw new KinesisError('InvalidArgumentException', 'Invalid NextToken.');
  }
  if (nowMs - Number(issuedAtMs) > TOKEN_LIFE_MS) {
    throw new KinesisError(
      'ExpiredNextTokenException',
      'The NextToken has expired; it is valid for 300 seconds.',
    );
  }
  const stream = account.stream({ streamName }, nowMs);
  if (stream.createdAtMs !== Number(createdAtMs)) {
    throw account.streamNotFound(streamName);
  }
  const cursor: Cursor = {
    streamName,
    createdAtMs: stream.createdAtMs,
    filterType,
    filterAtMs: Number(filterAtMs),
    afterShardId,
  };
  return { stream, cursor };
}
