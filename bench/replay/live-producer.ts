import { setTimeout as rest } from 'node:timers/promises';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { uniformRanges } from '#lib/domain/hash-range.ts';

/** Records that were tried, and those of them that were refused for want of capacity. */
export type LiveCounts = { readonly tried: number; readonly refused: number };

const TURN_MS = 100;
const TURNS_A_SECOND = 1_000 / TURN_MS;

/** Writes evenly to each shard of a stream that was not resharded, and sends nothing again: what is refused is counted. */
export class LiveProducer {
  readonly #kinesis: KinesisClient;
  readonly #streamName: string;
  readonly #hashKeys: readonly string[];
  readonly #recordsATurn: number;
  readonly #data: Uint8Array;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #tried = 0;
  #refused = 0;

  /** @param rate of each shard */
  constructor(
    kinesis: KinesisClient,
    streamName: string,
    shards: number,
    rate: { readonly recordsPerSecond: number; readonly recordBytes: number },
  ) {
    this.#kinesis = kinesis;
    this.#streamName = streamName;
    this.#hashKeys = uniformRanges(shards).map(({ start }) => String(start));
    this.#recordsATurn = Math.round(rate.recordsPerSecond / TURNS_A_SECOND);
    this.#data = new Uint8Array(rate.recordBytes - KEY.length).fill(0x61);
    this.#done = this.#run();
  }

  get counts(): LiveCounts {
    return { tried: this.#tried, refused: this.#refused };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    const startMs = performance.now();
    for (let turn = 0; !this.#stop.signal.aborted; turn += 1) {
      // Shards are spread over the turn, so that not all that a client does falls on one instant.
      const puts = this.#hashKeys.map(async (hashKey, i) => {
        await rest((i * TURN_MS) / this.#hashKeys.length);
        await this.#put(hashKey);
      });
      await Promise.all(puts);
      await rest(Math.max(0, startMs + (turn + 1) * TURN_MS - performance.now()));
    }
  }

  async #put(hashKey: string): Promise<void> {
    const record = { Data: this.#data, PartitionKey: KEY, ExplicitHashKey: hashKey };
    const { FailedRecordCount = 0 } = await this.#kinesis.send(
      new PutRecordsCommand({
        StreamName: this.#streamName,
        Records: Array.from({ length: this.#recordsATurn }, () => record),
      }),
    );
    this.#tried += this.#recordsATurn;
    this.#refused += FailedRecordCount;
  }
}

const KEY = 'live';
