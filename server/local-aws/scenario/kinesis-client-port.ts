import type { SequenceNumber } from '#lib/domain/sequence-number.ts';

/** Kinesis as the scenario's applications use it. Over the wire it is the SDK; in the past, the engine itself. */
export type KinesisClientPort = {
  /** At most 500 entries. @throws ClientFault when the call as a whole fails. */
  putRecords(streamName: string, entries: readonly PutEntry[]): Promise<PutAnswer>;
  /** Open and closed shards. @throws ClientFault */
  listShards(streamName: string): Promise<readonly ShardDescription[]>;
  /** @throws ClientFault */
  describeStream(streamName: string): Promise<StreamDescription>;
  /** Begins to cut a shard in two; the right one starts at the given hash key. @throws ClientFault */
  splitShard(streamName: string, shardId: string, newStartingHashKey: string): Promise<void>;
  /** @throws ClientFault */
  getShardIterator(streamName: string, shardId: string, from: Position): Promise<string>;
  /** @throws ClientFault */
  getRecords(iterator: string, limit: number): Promise<GetAnswer>;
  /** Has a shard's records sent to an enhanced fan-out consumer, for five minutes. @throws ClientFault */
  subscribeToShard(consumerArn: string, shardId: string, from: Position): Promise<ShardEvents>;
};

type StreamDescription = { readonly accountId: string; readonly createdAtMs: number };

export type PutEntry = { readonly partitionKey: string; readonly data: Uint8Array };

export type Outcome = 'accepted' | 'throttled' | 'failed';

export type PutAnswer = {
  /** The service's own time of the call: its Date header. */
  readonly answeredAtMs: number;
  /** One for each entry, in their order. */
  readonly outcomes: readonly Outcome[];
};

export type ShardDescription = {
  readonly shardId: string;
  /** Of a split one, of a merge two, else none; also those that are no longer listed. */
  readonly parentShardIds: readonly string[];
  readonly startingHashKey: string;
  readonly endingHashKey: string;
};

export type Position =
  | { readonly type: 'TRIM_HORIZON' }
  | { readonly type: 'LATEST' }
  | { readonly type: 'AT_TIMESTAMP'; readonly timestampMs: number }
  | { readonly type: 'AFTER_SEQUENCE_NUMBER'; readonly sequenceNumber: SequenceNumber };

export type ReadRecord = {
  readonly sequenceNumber: SequenceNumber;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  readonly arrivalMs: number;
};

export type GetAnswer = {
  readonly records: readonly ReadRecord[];
  /** Null at the end of a closed shard. */
  readonly nextIterator: string | null;
  readonly millisBehindLatest: number;
  /** At the end of a closed shard, the shards that go on from it. */
  readonly childShards: readonly ShardDescription[];
};

export type ShardEvent = Pick<GetAnswer, 'records' | 'millisBehindLatest' | 'childShards'>;

export type ShardEvents = {
  /**
   * What has come since the last time; over means that nothing more will.
   * @throws ClientFault where the subscription broke off
   */
  take(): Promise<{ readonly events: readonly ShardEvent[]; readonly isOver: boolean }>;
};

/**
 * `throttled`: too fast; nothing was done. `iterator-expired`: ask for a new one. `not-found`: no such
 * stream or shard. `invalid`: what was asked for makes no sense there. `unavailable`: no answer, or an error of the
 * service's own.
 */
export type ClientFaultKind =
  | 'throttled'
  | 'iterator-expired'
  | 'not-found'
  | 'invalid'
  | 'unavailable';

export class ClientFault extends Error {
  override readonly name = 'ClientFault';
  readonly kind: ClientFaultKind;

  constructor(kind: ClientFaultKind, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.kind = kind;
  }
}

/** What an exception of Kinesis, by its name, means to an application. */
export function faultKindOf(exception: string): ClientFaultKind {
  switch (exception) {
    case 'ProvisionedThroughputExceededException':
    case 'LimitExceededException':
    // Of a subscription: another one of this consumer began less than five seconds ago.
    case 'ResourceInUseException':
      return 'throttled';
    case 'ExpiredIteratorException':
      return 'iterator-expired';
    case 'ResourceNotFoundException':
      return 'not-found';
    case 'InvalidArgumentException':
      return 'invalid';
    default:
      return 'unavailable';
  }
}
