import {
  type _Record,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import { rest } from './soak-client.ts';
import type { Gap, SoakLedger } from './soak-ledger.ts';
import { decodeSoakRecord } from './soak-record.ts';

/** The first record that a shard still holds is asked for so often; a fault may meet any of these. */
const PROBES_MAX = 20;
const RETRY_MS = 250;

/** Told in words; all are counted. */
const FINDINGS_MAX = 20;

export type AuditOutcome = {
  readonly lostRecords: number;
  /** Trimmed by the byte cap before a reader came to them. */
  readonly trimmedUnread: number;
  /** The first of both, in words. */
  readonly findings: readonly string[];
};

/**
 * Judges what readers find. A record that a reader has passed over is *lost* if its shard still held it, or one before
 * it; where the byte cap had trimmed it, the reader was too slow.
 */
export class SoakAuditor {
  readonly #client: KinesisClient;
  readonly #streamName: string;
  readonly #ledger: SoakLedger;
  readonly #open = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];
  readonly #horizons = new Map<string, Promise<bigint | null>>();
  readonly #findings: string[] = [];
  #lost = 0;
  #trimmed = 0;

  constructor(client: KinesisClient, streamName: string, ledger: SoakLedger) {
    this.#client = client;
    this.#streamName = streamName;
    this.#ledger = ledger;
  }

  /** Takes what a reader was given, in its order. @param reader its index in the ledger. */
  take(reader: number, records: readonly _Record[]): void {
    for (const { PartitionKey: key, Data: data, SequenceNumber: sequenceNumber } of records) {
      if (key === undefined || data === undefined || sequenceNumber === undefined) {
        this.#ledger.readCorrupt();
        continue;
      }
      const { serial, isWhole } = decodeSoakRecord(data);
      if (!isWhole) {
        this.#ledger.readCorrupt();
        continue;
      }
      const skipped = this.#ledger.read(reader, key, serial, BigInt(sequenceNumber));
      if (skipped > 0) {
        this.#explainLater(reader, this.#ledger.gapBelow(key, serial, skipped));
      }
    }
  }

  /** Judges what a reader has not read at all; once nothing is written any more. */
  explainMissing(reader: number): void {
    for (const gap of this.#ledger.missing(reader)) {
      this.#explainLater(reader, gap);
    }
  }

  /** Resolves when every gap has been judged. @throws AggregateError where one could not be. */
  async finish(): Promise<AuditOutcome> {
    while (this.#open.size > 0) {
      await Promise.all(this.#open);
    }
    if (this.#failures.length > 0) {
      throw new AggregateError(this.#failures, 'Gaps could not be judged');
    }
    return { lostRecords: this.#lost, trimmedUnread: this.#trimmed, findings: this.#findings };
  }

  #explainLater(reader: number, gap: Gap): void {
    const judged = this.#explain(reader, gap)
      .catch((error: unknown) => {
        this.#failures.push(error);
      })
      .finally(() => this.#open.delete(judged));
    this.#open.add(judged);
  }

  async #explain(reader: number, { key, receipts }: Gap): Promise<void> {
    for (const { shardId, sequenceNumber } of receipts) {
      const horizon = await this.#horizonOf(shardId);
      const isTrimmed = horizon === null || sequenceNumber < horizon;
      this.#trimmed += isTrimmed ? 1 : 0;
      this.#lost += isTrimmed ? 0 : 1;
      if (this.#findings.length < FINDINGS_MAX) {
        this.#findings.push(
          `Reader ${reader} of ${this.#streamName} was not given ${sequenceNumber} of ${key} in ${shardId}, which ` +
            (isTrimmed ? 'was trimmed before' : `begins at ${horizon}`),
        );
      }
    }
  }

  /** The sequence number of the oldest record that a shard holds, asked for once for all that wait for it. */
  #horizonOf(shardId: string): Promise<bigint | null> {
    const asked = this.#horizons.get(shardId);
    if (asked !== undefined) {
      return asked;
    }
    const horizon = this.#askHorizon(shardId).finally(() => this.#horizons.delete(shardId));
    this.#horizons.set(shardId, horizon);
    return horizon;
  }

  /** @returns null where the shard holds no record. */
  async #askHorizon(shardId: string): Promise<bigint | null> {
    for (let probe = 1; ; probe += 1) {
      try {
        const { ShardIterator } = await this.#client.send(
          new GetShardIteratorCommand({
            StreamName: this.#streamName,
            ShardId: shardId,
            ShardIteratorType: 'TRIM_HORIZON',
          }),
        );
        const { Records = [] } = await this.#client.send(
          new GetRecordsCommand({ ShardIterator, Limit: 1 }),
        );
        const first = Records[0]?.SequenceNumber;
        return first === undefined ? null : BigInt(first);
      } catch (error) {
        if (probe === PROBES_MAX) {
          throw error;
        }
        await rest(RETRY_MS, new AbortController().signal);
      }
    }
  }
}
