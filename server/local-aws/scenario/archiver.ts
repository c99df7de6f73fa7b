import type { Actor } from './actor.ts';
import { ArchiveBuffer, type BufferingHints } from './archive-buffer.ts';
import type { ArchiveKind, SealedBuffer } from './archive-object.ts';
import {
  ClientFault,
  type GetAnswer,
  type KinesisClientPort,
  type ReadRecord,
} from './kinesis-client-port.ts';
import { seededRandom, seededUuid, subSeed } from './seeded-random.ts';
import type { ServiceMetrics } from './service-metrics.ts';

const POLL_MS = 1_000;
const READ_LIMIT = 10_000;
/** New shards are looked for so often; those that follow a shard come with its end. */
const LIST_EVERY_MS = 60_000;

/** Like Firehose, which polls each second and keeps no lease table that anyone could see. */
export const ARCHIVE_HINTS: BufferingHints = { bytesMax: 5 * 1_048_576, ageMaxMs: 60_000 };

type Place = { iterator: string | null; last: ReadRecord['sequenceNumber'] | null };

/** Reads one stream from its beginning and seals what it read into buffers, one a kind of archive. */
export class Archiver implements Actor {
  readonly name = 'archiver';
  readonly streamName: string;
  client: KinesisClientPort;
  readonly #onSealed: (sealed: SealedBuffer, nowMs: number) => void;
  readonly #metrics: ServiceMetrics | null;
  readonly #buffers: readonly ArchiveBuffer[];
  readonly #places = new Map<string, Place>();
  readonly #finished = new Set<string>();
  #nextDueMs: number;
  #nextListMs: number;

  constructor(init: {
    readonly streamName: string;
    readonly kinds: readonly ArchiveKind[];
    readonly client: KinesisClientPort;
    readonly seed: number;
    readonly fromMs: number;
    /** Those of Firehose; null of an archiver that tells nobody. */
    readonly metrics: ServiceMetrics | null;
    readonly onSealed: (sealed: SealedBuffer, nowMs: number) => void;
  }) {
    this.streamName = init.streamName;
    this.client = init.client;
    this.#onSealed = init.onSealed;
    this.#metrics = init.metrics;
    this.#nextDueMs = this.#nextListMs = init.fromMs;
    const random = seededRandom(subSeed(init.seed, 'archiver', init.streamName));
    this.#buffers = init.kinds.map(
      (kind) =>
        new ArchiveBuffer({
          kind,
          streamName: init.streamName,
          hints: ARCHIVE_HINTS,
          newId: () => seededUuid(random),
        }),
    );
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  /** Goes on with another client, after the last records read. */
  moveTo(client: KinesisClientPort): void {
    this.client = client;
    for (const place of this.#places.values()) {
      place.iterator = null;
    }
  }

  /** @throws ClientFault but for a throttle and an expired iterator. */
  async act(nowMs: number): Promise<void> {
    this.#nextDueMs = Math.max(this.#nextDueMs + POLL_MS, nowMs);
    if (nowMs >= this.#nextListMs) {
      this.#nextListMs = nowMs + LIST_EVERY_MS;
      for (const { shardId } of await this.client.listShards(this.streamName)) {
        this.#follow(shardId);
      }
    }
    const reads = [...this.#places].map(([shardId, place]) => this.#read(shardId, place, nowMs));
    const results = await Promise.allSettled(reads);
    for (const buffer of this.#buffers) {
      this.#pass(buffer.sealIfOld(nowMs), nowMs);
    }
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }

  #follow(shardId: string): void {
    if (!this.#places.has(shardId) && !this.#finished.has(shardId)) {
      this.#places.set(shardId, { iterator: null, last: null });
    }
  }

  async #read(shardId: string, place: Place, nowMs: number): Promise<void> {
    try {
      place.iterator ??= await this.client.getShardIterator(
        this.streamName,
        shardId,
        place.last === null
          ? { type: 'TRIM_HORIZON' }
          : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: place.last },
      );
      const answer = await this.client.getRecords(place.iterator, READ_LIMIT);
      this.#measure(answer, nowMs);
      for (const record of answer.records) {
        for (const buffer of this.#buffers) {
          this.#pass(buffer.add({ ...record, shardId }, nowMs), nowMs);
        }
        place.last = record.sequenceNumber;
      }
      place.iterator = answer.nextIterator;
      if (answer.nextIterator === null) {
        this.#places.delete(shardId);
        this.#finished.add(shardId);
        for (const child of answer.childShards) {
          this.#follow(child.shardId);
        }
      }
    } catch (error) {
      if (error instanceof ClientFault && error.kind === 'throttled') {
        this.#metrics?.sample('ThrottledGetRecords', nowMs, 1, 'Count');
        return;
      }
      place.iterator = null;
      if (!(error instanceof ClientFault && error.kind === 'iterator-expired')) {
        throw error;
      }
    }
  }

  /** What Firehose tells CloudWatch of its reading. */
  #measure({ records, millisBehindLatest }: GetAnswer, nowMs: number): void {
    const bytes = records.reduce((total, { data }) => total + data.length, 0);
    const read = 'DataReadFromKinesisStream';
    this.#metrics?.sample(`${read}.Bytes`, nowMs, bytes, 'Bytes');
    this.#metrics?.sample(`${read}.Records`, nowMs, records.length, 'Count');
    this.#metrics?.sample('KinesisMillisBehindLatest', nowMs, millisBehindLatest, 'Milliseconds');
  }

  #pass(sealed: SealedBuffer | null, nowMs: number): void {
    if (sealed !== null) {
      this.#onSealed(sealed, nowMs);
    }
  }
}
