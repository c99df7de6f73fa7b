import { type ChildShard, type KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { type Born, ShardOrder } from '#server/local-aws/scenario/shard-order.ts';
import type { SoakAuditor } from './soak-auditor.ts';
import { rest } from './soak-client.ts';

const RETRY_MS = 250;

export type SoakReaderInit = {
  readonly client: KinesisClient;
  readonly streamName: string;
  readonly auditor: SoakAuditor;
  /** Its index in the ledger. */
  readonly index: number;
};

/** Reads one shard to its end. @returns its children, or null where it was aborted before. */
export type ReadShard = (shardId: string, signal: AbortSignal) => Promise<readonly Born[] | null>;

/** Reads a stream from its beginning, all shards at once, children after their parents. */
export class SoakReader {
  readonly #init: Pick<SoakReaderInit, 'client' | 'streamName'>;
  readonly #readShard: ReadShard;
  readonly #order = new ShardOrder();
  readonly #stopped = new AbortController();
  readonly #reading = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];

  constructor(init: Pick<SoakReaderInit, 'client' | 'streamName'>, readShard: ReadShard) {
    this.#init = init;
    this.#readShard = readShard;
  }

  async start(): Promise<void> {
    this.#begin(this.#order.list(await this.#firstShards()));
  }

  /** Resolves when nothing is read any more. @throws AggregateError where a shard could not be read. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    while (this.#reading.size > 0) {
      await Promise.all(this.#reading);
    }
    if (this.#failures.length > 0) {
      throw new AggregateError(this.#failures, 'Shards could not be read');
    }
  }

  #begin(shardIds: readonly string[]): void {
    for (const shardId of shardIds) {
      const reading = this.#follow(shardId)
        .catch((error: unknown) => {
          this.#failures.push(error);
        })
        .finally(() => this.#reading.delete(reading));
      this.#reading.add(reading);
    }
  }

  async #follow(shardId: string): Promise<void> {
    const children = await this.#readShard(shardId, this.#stopped.signal);
    if (children !== null && !this.#stopped.signal.aborted) {
      this.#begin(this.#order.finish(shardId, children));
    }
  }

  async #firstShards(): Promise<readonly Born[]> {
    for (;;) {
      try {
        const { Shards = [] } = await this.#init.client.send(
          new ListShardsCommand({ StreamName: this.#init.streamName }),
        );
        return Shards.map(({ ShardId, ParentShardId, AdjacentParentShardId }) => ({
          shardId: ShardId ?? '',
          parentShardIds: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
        }));
      } catch (error) {
        if (this.#stopped.signal.aborted) {
          throw error;
        }
        await rest(RETRY_MS, this.#stopped.signal);
      }
    }
  }
}

export function bornOf(children: readonly ChildShard[]): readonly Born[] {
  return children.map(({ ShardId, ParentShards }) => ({
    shardId: ShardId ?? '',
    parentShardIds: ParentShards ?? [],
  }));
}
