import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { hashKey } from '#lib/domain/hash-key.ts';
import { hashRange, rangeMiddle, rangeWidth } from '#lib/domain/hash-range.ts';
import { rest } from './soak-client.ts';

const EVERY_MS = 10_000;
const POLL_MS = 300;

const KINDS = ['split', 'merge', 'count'] as const;

/** Splits the widest shard, merges the two narrowest neighbours, changes the count by a quarter, and again. */
export class SoakResharder {
  readonly #client: KinesisClient;
  readonly #streamName: string;
  readonly #shardCount: number;
  readonly #stopped = new AbortController();
  #reshards = 0;

  /** @param shardCount what the stream began with: the count goes up from it, and back to it. */
  constructor(client: KinesisClient, streamName: string, shardCount: number) {
    this.#client = client;
    this.#streamName = streamName;
    this.#shardCount = shardCount;
  }

  /** Those that were asked for and have been done. */
  get reshards(): number {
    return this.#reshards;
  }

  /** Reshards each 10 s until `stop`; leaves the stream ACTIVE. */
  async run(): Promise<void> {
    for (let turn = 0; !this.#stopped.signal.aborted; turn += 1) {
      await rest(EVERY_MS, this.#stopped.signal);
      if (!this.#stopped.signal.aborted && (await this.#reshard(turn))) {
        this.#reshards += 1;
      }
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** @returns true where it was done. A fault may have met it: then the next turn is another one. */
  async #reshard(turn: number): Promise<boolean> {
    try {
      const shards = await this.#openShards();
      await this.#ask(KINDS[turn % KINDS.length] ?? 'split', shards);
      await this.#untilActive();
      return true;
    } catch {
      return false;
    }
  }

  async #ask(kind: (typeof KINDS)[number], shards: readonly OpenShard[]): Promise<void> {
    const StreamName = this.#streamName;
    switch (kind) {
      case 'split': {
        const widest = shards.reduce((a, b) => (rangeWidth(b.range) > rangeWidth(a.range) ? b : a));
        await this.#client.send(
          new SplitShardCommand({
            StreamName,
            ShardToSplit: widest.shardId,
            NewStartingHashKey: String(rangeMiddle(widest.range)),
          }),
        );
        return;
      }
      case 'merge': {
        const [left, right] = narrowestPair(shards);
        await this.#client.send(
          new MergeShardsCommand({
            StreamName,
            ShardToMerge: left.shardId,
            AdjacentShardToMerge: right.shardId,
          }),
        );
        return;
      }
      case 'count': {
        const isUp = shards.length > this.#shardCount * 1.1;
        await this.#client.send(
          new UpdateShardCountCommand({
            StreamName,
            ScalingType: 'UNIFORM_SCALING',
            TargetShardCount: isUp ? this.#shardCount : Math.ceil(this.#shardCount * 1.25),
          }),
        );
        return;
      }
    }
  }

  async #openShards(): Promise<readonly OpenShard[]> {
    const { Shards = [] } = await this.#client.send(
      new ListShardsCommand({ StreamName: this.#streamName, ShardFilter: { Type: 'AT_LATEST' } }),
    );
    return Shards.map(({ ShardId = '', HashKeyRange: range }) => ({
      shardId: ShardId,
      range: hashRange(
        hashKey(BigInt(range?.StartingHashKey ?? 0)),
        hashKey(BigInt(range?.EndingHashKey ?? 0)),
      ),
    })).sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  }

  async #untilActive(): Promise<void> {
    for (;;) {
      const { StreamDescriptionSummary } = await this.#client.send(
        new DescribeStreamSummaryCommand({ StreamName: this.#streamName }),
      );
      if (StreamDescriptionSummary?.StreamStatus === 'ACTIVE') {
        return;
      }
      await rest(POLL_MS, new AbortController().signal);
    }
  }
}

type OpenShard = { readonly shardId: string; readonly range: ReturnType<typeof hashRange> };

function narrowestPair(shards: readonly OpenShard[]): readonly [OpenShard, OpenShard] {
  const pairs = shards.slice(1).map((right, i) => [shards[i] ?? right, right] as const);
  const widthOf = ([left, right]: readonly [OpenShard, OpenShard]) =>
    rangeWidth(left.range) + rangeWidth(right.range);
  return pairs.reduce((a, b) => (widthOf(b) < widthOf(a) ? b : a));
}
