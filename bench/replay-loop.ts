/**
 * A process that does nothing but write records to a stream by the plain SDK, to hold a replay against: forked, with
 * LoopOptions as JSON in its first argument. It has its records in memory, reads no archive and remembers nothing. Sends
 * LoopFigures when all of them are acknowledged, and ends.
 */

import { setTimeout as rest } from 'node:timers/promises';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { openKinesis } from './replay/clients.ts';
import { type ArchiveShape, type MadeRecord, RecordMaker } from './replay/made-record.ts';

export type LoopOptions = {
  readonly endpoint: string;
  readonly streamName: string;
  readonly shape: ArchiveShape;
  /** Requests that are under way at a time. */
  readonly concurrency: number;
  readonly recordsARequest: number;
};

export type LoopFigures = {
  readonly records: number;
  /** Data and partition keys, as a replay's ledger counts. */
  readonly bytes: number;
  readonly ms: number;
  /** Of this process, while it sent. */
  readonly cpuMs: number;
  /** Answers in which a record was refused. */
  readonly partialAnswers: number;
};

/** So many different records are made before; then they come again. */
const MADE_MAX = 40_000;
/** The code is compiled by then. */
const WARM_UP_SHARE = 0.1;
const AFTER_REFUSAL_MS = 20;

class Loop {
  readonly #options: LoopOptions;
  readonly #kinesis: KinesisClient;
  readonly #made: readonly MadeRecord[];
  readonly #again: MadeRecord[] = [];
  #next = 0;
  #acknowledged = 0;
  #bytes = 0;
  #partialAnswers = 0;
  #from: { readonly ms: number; readonly cpu: NodeJS.CpuUsage; readonly at: number } | null = null;
  #bytesAtFrom = 0;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#kinesis = openKinesis(options.endpoint, 1);
    const { records } = options.shape;
    this.#made = [...new RecordMaker(options.shape).from(0, Math.min(records, MADE_MAX))];
  }

  async run(): Promise<LoopFigures> {
    await Promise.all(Array.from({ length: this.#options.concurrency }, () => this.#send()));
    if (this.#from === null) throw new Error('There were too few records to measure.');
    const { user, system } = process.cpuUsage(this.#from.cpu);
    this.#kinesis.destroy();
    return {
      records: this.#acknowledged - this.#from.at,
      bytes: this.#bytes - this.#bytesAtFrom,
      ms: performance.now() - this.#from.ms,
      cpuMs: (user + system) / 1_000,
      partialAnswers: this.#partialAnswers,
    };
  }

  async #send(): Promise<void> {
    const { streamName, shape } = this.#options;
    while (this.#acknowledged < shape.records) {
      const records = this.#take();
      if (records.length === 0) {
        // The last ones are under way in other requests, and may be refused.
        await rest(1);
        continue;
      }
      const answer = await this.#kinesis.send(
        new PutRecordsCommand({
          StreamName: streamName,
          Records: records.map(({ data, partitionKey }) => ({
            Data: data,
            PartitionKey: partitionKey,
          })),
        }),
      );
      const refused = this.#hear(records, answer.Records ?? []);
      if (refused) await rest(AFTER_REFUSAL_MS);
    }
  }

  #take(): MadeRecord[] {
    const { recordsARequest, shape } = this.#options;
    const records = this.#again.splice(0, recordsARequest);
    while (records.length < recordsARequest && this.#next < shape.records) {
      const record = this.#made[this.#next % this.#made.length];
      if (record !== undefined) records.push(record);
      this.#next += 1;
    }
    return records;
  }

  #hear(records: readonly MadeRecord[], answers: readonly { ErrorCode?: string | undefined }[]) {
    let refused = false;
    for (const [i, record] of records.entries()) {
      if (answers[i]?.ErrorCode === undefined) {
        this.#acknowledged += 1;
        this.#bytes += record.data.length + record.partitionKey.length;
      } else {
        refused = true;
        this.#again.push(record);
      }
    }
    if (refused) this.#partialAnswers += 1;
    if (this.#from === null && this.#acknowledged >= WARM_UP_SHARE * this.#options.shape.records) {
      this.#from = { ms: performance.now(), cpu: process.cpuUsage(), at: this.#acknowledged };
      this.#bytesAtFrom = this.#bytes;
    }
    return refused;
  }
}

process.on('disconnect', () => process.exit(0));
const figures = await new Loop(JSON.parse(process.argv[2] ?? '{}') as LoopOptions).run();
process.send?.(figures);
process.disconnect?.();
