import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { isRefusal, rest } from './soak-client.ts';
import type { SoakLedger } from './soak-ledger.ts';
import { encodeSoakRecord } from './soak-record.ts';

const RETRY_MS = 100;

/** How often it looks whether the readers have caught up. */
const WAIT_MS = 50;

type Entry = { readonly key: string; readonly serial: number; readonly data: Buffer };

export type SoakProducerInit = {
  readonly client: KinesisClient;
  readonly streamName: string;
  readonly ledger: SoakLedger;
  readonly keys: readonly string[];
  readonly bytesPerSecond: number;
  readonly recordBytes: number;
  /** It waits while a record has waited longer for a reader: what is not read in time the cap would trim. */
  readonly unreadMsMax: number;
};

/**
 * Puts one record of each of its keys a call, and what was refused of it again, until all of it is accepted: only then
 * is the order of a key known, since PutRecords promises none where a part fails.
 */
export class SoakProducer {
  readonly #init: SoakProducerInit;
  readonly #stopped = new AbortController();
  #serial = 0;
  #acceptedBytes = 0;
  #repeatedCalls = 0;

  constructor(init: SoakProducerInit) {
    this.#init = init;
  }

  get acceptedBytes(): number {
    return this.#acceptedBytes;
  }

  /** Calls that had to be repeated, whole or in part. */
  get repeatedCalls(): number {
    return this.#repeatedCalls;
  }

  /** Puts until `stop`; resolves when all that was begun is accepted. */
  async run(): Promise<void> {
    const { bytesPerSecond, keys, recordBytes } = this.#init;
    const intervalMs = (keys.length * recordBytes * 1_000) / bytesPerSecond;
    let dueMs = performance.now();
    while (!this.#stopped.signal.aborted) {
      await this.#waitForReaders();
      await this.#putAll(this.#nextBatch());
      // Time that was lost is not made up for: the rate is the most that is tried.
      dueMs = Math.max(dueMs + intervalMs, performance.now() - intervalMs);
      await rest(Math.max(0, dueMs - performance.now()), this.#stopped.signal);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  #nextBatch(): readonly Entry[] {
    this.#serial += 1;
    const serial = this.#serial;
    return this.#init.keys.map((key, i) => {
      // From half of the mean to one and a half, by key and serial: the same in every run.
      const share = 0.5 + ((serial * 31 + i * 17) % 101) / 100;
      return { key, serial, data: encodeSoakRecord(serial, this.#init.recordBytes * share) };
    });
  }

  async #putAll(batch: readonly Entry[]): Promise<void> {
    let remaining = batch;
    while (remaining.length > 0) {
      const refused = await this.#put(remaining);
      if (refused.length > 0) {
        this.#repeatedCalls += 1;
        // Also after `stop`: a batch that was begun is finished, or its keys would end in the unknown.
        await rest(RETRY_MS, NEVER);
      }
      remaining = refused;
    }
  }

  /** @returns what has to be put again. */
  async #put(entries: readonly Entry[]): Promise<readonly Entry[]> {
    const { client, streamName, ledger } = this.#init;
    try {
      const { Records = [] } = await client.send(
        new PutRecordsCommand({
          StreamName: streamName,
          Records: entries.map(({ key, data }) => ({ PartitionKey: key, Data: data })),
        }),
      );
      return entries.filter(({ key, serial, data }, i) => {
        const { ShardId: shardId, SequenceNumber: sequenceNumber } = Records[i] ?? {};
        if (shardId === undefined || sequenceNumber === undefined) {
          return true;
        }
        this.#acceptedBytes += data.length;
        ledger.accept(key, {
          serial,
          shardId,
          sequenceNumber: BigInt(sequenceNumber),
          acceptedAtMs: performance.now(),
        });
        return false;
      });
    } catch (error) {
      if (!isRefusal(error)) {
        for (const { key, serial } of entries) {
          ledger.repeat(key, serial);
        }
      }
      return entries;
    }
  }

  async #waitForReaders(): Promise<void> {
    const { ledger, unreadMsMax } = this.#init;
    const { signal } = this.#stopped;
    while (!signal.aborted && ledger.oldestUnreadAgeMs(performance.now()) > unreadMsMax) {
      await rest(WAIT_MS, signal);
    }
  }
}

const NEVER = new AbortController().signal;
