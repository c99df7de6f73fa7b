import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { type AuditOutcome, SoakAuditor } from './soak-auditor.ts';
import { rest } from './soak-client.ts';
import { fanOutReader } from './soak-fan-out.ts';
import { SoakLedger } from './soak-ledger.ts';
import { pollingReader } from './soak-polling.ts';
import { SoakProducer } from './soak-producer.ts';
import type { SoakReader } from './soak-reader.ts';
import { SoakResharder } from './soak-resharder.ts';

const SHARDS = 16;
const PRODUCERS = 8;
const KEYS_PER_PRODUCER = 200;
const RECORD_BYTES = 5_000;
const POLLING = 0;
const FAN_OUT = 1;
const POLL_MS = 300;

/** Once nothing is written any more, readers are given up when none of them has come further for so long. */
const STANDSTILL_MS_MAX = 30_000;

export type SoakStreamInit = {
  /** Producers and polling; over HTTP/1.1. */
  readonly client: KinesisClient;
  /** Subscriptions; over HTTP/2. */
  readonly http2: KinesisClient;
  readonly streamName: string;
  readonly bytesPerSecond: number;
  /** Producers wait while a record has waited longer for a reader. */
  readonly unreadMsMax: number;
};

export type SoakStreamOutcome = AuditOutcome & {
  readonly acceptedBytes: number;
  readonly acceptedRecords: number;
  readonly readRecords: number;
  readonly repeatedCalls: number;
  readonly duplicateRecords: number;
  readonly reshards: number;
  readonly outOfOrder: number;
  readonly corruptRecords: number;
};

/** One stream of the soak from its creation to its end: written, read in two ways, resharded, and judged. */
export class SoakStream {
  readonly #init: SoakStreamInit;
  readonly #ledger = new SoakLedger(2);
  readonly #auditor: SoakAuditor;
  readonly #resharder: SoakResharder;
  readonly #producers: readonly SoakProducer[];
  #readers: readonly SoakReader[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  constructor(init: SoakStreamInit) {
    const { client, streamName } = init;
    this.#init = init;
    this.#auditor = new SoakAuditor(client, streamName, this.#ledger);
    this.#resharder = new SoakResharder(client, streamName, SHARDS);
    this.#producers = Array.from(
      { length: PRODUCERS },
      (_, producer) =>
        new SoakProducer({
          client,
          streamName,
          ledger: this.#ledger,
          keys: Array.from({ length: KEYS_PER_PRODUCER }, (_, i) => `key-${producer}-${i}`),
          bytesPerSecond: init.bytesPerSecond / PRODUCERS,
          recordBytes: RECORD_BYTES,
          unreadMsMax: init.unreadMsMax,
        }),
    );
  }

  /** Makes the stream and sets everybody going. */
  async start(): Promise<void> {
    const { client, http2, streamName } = this.#init;
    await persist(() =>
      client.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: SHARDS })),
    );
    const arn = await this.#untilActive();
    const consumerArn = await this.#register(arn);
    const reader = { streamName, auditor: this.#auditor };
    this.#readers = [
      pollingReader({ ...reader, client, index: POLLING }),
      fanOutReader({ ...reader, client: http2, index: FAN_OUT, consumerArn }),
    ];
    await Promise.all(this.#readers.map((each) => each.start()));
    this.#writing = Promise.all([
      this.#resharder.run(),
      ...this.#producers.map((producer) => producer.run()),
    ]);
  }

  /**
   * Lets everybody write for so long; resolves when all that was begun is accepted.
   * @throws whatever made a producer end before.
   */
  async writeFor(ms: number): Promise<void> {
    const ended = new AbortController();
    await Promise.race([rest(ms, ended.signal), this.#writing]);
    ended.abort();
    this.#resharder.stop();
    for (const producer of this.#producers) {
      producer.stop();
    }
    await this.#writing;
  }

  /** Lets the readers come to the end, judges what they found, and deletes the stream. */
  async finish(): Promise<SoakStreamOutcome> {
    let unread = this.#ledger.backlogRecords;
    let movedAtMs = performance.now();
    while (unread > 0 && performance.now() - movedAtMs < STANDSTILL_MS_MAX) {
      await rest(POLL_MS, NEVER);
      if (this.#ledger.backlogRecords < unread) {
        unread = this.#ledger.backlogRecords;
        movedAtMs = performance.now();
      }
    }
    await Promise.all(this.#readers.map((reader) => reader.stop()));
    this.#auditor.explainMissing(POLLING);
    this.#auditor.explainMissing(FAN_OUT);
    const judged = await this.#auditor.finish();
    const { client, streamName } = this.#init;
    await persist(() =>
      client.send(
        new DeleteStreamCommand({ StreamName: streamName, EnforceConsumerDeletion: true }),
      ),
    );
    const sum = (of: (producer: SoakProducer) => number) =>
      this.#producers.reduce((total, producer) => total + of(producer), 0);
    return {
      ...this.#ledger.counts(),
      ...judged,
      acceptedBytes: sum((producer) => producer.acceptedBytes),
      repeatedCalls: sum((producer) => producer.repeatedCalls),
      reshards: this.#resharder.reshards,
    };
  }

  async #untilActive(): Promise<string> {
    const { client, streamName } = this.#init;
    for (;;) {
      const { StreamDescriptionSummary: summary } = await persist(() =>
        client.send(new DescribeStreamSummaryCommand({ StreamName: streamName })),
      );
      if (summary?.StreamStatus === 'ACTIVE' && summary.StreamARN !== undefined) {
        return summary.StreamARN;
      }
      await rest(POLL_MS, NEVER);
    }
  }

  async #register(StreamARN: string): Promise<string> {
    const { client } = this.#init;
    const ConsumerName = 'fan-out';
    await persist(() =>
      client.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName })),
    );
    for (;;) {
      const { ConsumerDescription: consumer } = await persist(() =>
        client.send(new DescribeStreamConsumerCommand({ StreamARN, ConsumerName })),
      );
      if (consumer?.ConsumerStatus === 'ACTIVE' && consumer.ConsumerARN !== undefined) {
        return consumer.ConsumerARN;
      }
      await rest(POLL_MS, NEVER);
    }
  }
}

const NEVER = new AbortController().signal;
const TRIES_MAX = 5;

/** Asks again where a fault may have met the call. */
async function persist<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === TRIES_MAX) {
        throw error;
      }
      await rest(POLL_MS, NEVER);
    }
  }
}
