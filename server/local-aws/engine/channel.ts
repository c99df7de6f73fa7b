import { createHash } from 'node:crypto';

export type ChannelStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

export type RecordFormat = 'GSR_JSON' | 'JSON' | 'STRING' | 'BYTE_ARRAY';

/** A bucket of S3, and the account that it has to belong to. */
export type DeadLetterQueue = {
  readonly bucketArn: string;
  readonly expectedBucketOwner: string;
  readonly errorOutputPrefix: string | null;
};

/** A general purpose bucket that records are delivered to. */
export type BucketDestination = {
  readonly type: 'S3';
  /** The maximum age of undelivered data. */
  readonly freshnessSeconds: number;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly bucketArn: string;
  readonly expectedBucketOwner: string;
  /** null for the default one. */
  readonly outputKeyTemplate: string | null;
  readonly storageClass: 'STANDARD' | 'INTELLIGENT_TIERING' | 'GLACIER_IR';
  readonly compression: 'NONE' | 'GZIP' | 'ZSTD';
};

/** A streaming table on Apache Iceberg. */
export type TableDestination = {
  readonly type: 'S3_TABLES';
  readonly freshnessSeconds: number;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly tableBucketArn: string;
  readonly namespace: string;
  readonly tableName: string;
  readonly compression: 'NONE' | 'ZSTD' | 'SNAPPY';
  /** Columns by whose hour the table is partitioned; null where it is not. */
  readonly partitionedByHourOf: readonly string[] | null;
};

export type ChannelDestination = BucketDestination | TableDestination;

export type ChannelLogging = {
  readonly isEnabled: boolean;
  readonly logGroupName: string;
  readonly logStreamName: string;
};

export type ChannelInit = {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly createdAtMs: number;
  /** The end of CREATING. */
  readonly activeFromMs: number;
  readonly roleArn: string;
  readonly streamArn: string;
  readonly streamCreatedAtMs: number;
  readonly recordFormat: RecordFormat;
  readonly schemaArn: string | null;
  readonly destination: ChannelDestination;
  /** A KMS key of the customer's; null where what is delivered is not encrypted by one. */
  readonly encryptionKeyId: string | null;
  readonly logging: ChannelLogging;
};

/** What of a channel can be changed. */
export type ChannelChange = {
  readonly freshnessSeconds?: number | undefined;
  readonly logging?: Partial<ChannelLogging> | undefined;
};

/**
 * A delivery of one stream to one destination, as far as its callers can see it: nothing is delivered here. Its status
 * follows from the time alone.
 */
export class Channel {
  readonly init: ChannelInit;
  readonly tags = new Map<string, string>();
  /** No document says that a channel may have one; it is a resource like others here. */
  policy: string | null = null;
  #destination: ChannelDestination;
  #logging: ChannelLogging;
  #change: { readonly doneAtMs: number; readonly change: ChannelChange } | null = null;
  #goneFromMs = Number.POSITIVE_INFINITY;

  constructor(init: ChannelInit) {
    this.init = init;
    this.#destination = init.destination;
    this.#logging = init.logging;
  }

  get name(): string {
    return this.init.name;
  }

  destinationAt(nowMs: number): ChannelDestination {
    this.#settle(nowMs);
    return this.#destination;
  }

  loggingAt(nowMs: number): ChannelLogging {
    this.#settle(nowMs);
    return this.#logging;
  }

  statusAt(nowMs: number): ChannelStatus {
    this.#settle(nowMs);
    if (this.#goneFromMs !== Number.POSITIVE_INFINITY) {
      return 'DELETING';
    }
    if (nowMs < this.init.activeFromMs) {
      return 'CREATING';
    }
    return this.#change === null ? 'ACTIVE' : 'UPDATING';
  }

  isGoneAt(nowMs: number): boolean {
    return nowMs >= this.#goneFromMs;
  }

  /** Enters UPDATING; the change is there from `doneAtMs` on. */
  beginUpdate(change: ChannelChange, doneAtMs: number): void {
    this.#change = { doneAtMs, change };
  }

  /** Enters DELETING until `goneFromMs`. A second call changes nothing. */
  beginDeletion(goneFromMs: number): void {
    this.#goneFromMs = Math.min(this.#goneFromMs, goneFromMs);
  }

  #settle(nowMs: number): void {
    const due = this.#change;
    if (due !== null && nowMs >= due.doneAtMs) {
      this.#change = null;
      const { freshnessSeconds = this.#destination.freshnessSeconds, logging } = due.change;
      this.#destination = { ...this.#destination, freshnessSeconds };
      this.#logging = { ...this.#logging, ...logging };
    }
  }
}

/** The channels of one account, by id. */
export class ChannelRegistry {
  readonly #byId = new Map<string, Channel>();

  add(channel: Channel): void {
    this.#byId.set(channel.init.id, channel);
  }

  find(id: string, nowMs: number): Channel | undefined {
    const channel = this.#byId.get(id);
    if (channel?.isGoneAt(nowMs) === true) {
      this.#byId.delete(id);
      return undefined;
    }
    return channel;
  }

  /** All that are not gone, ascending by name, which is unique. */
  list(nowMs: number): readonly Channel[] {
    return [...this.#byId.keys()]
      .flatMap((id) => this.find(id, nowMs) ?? [])
      .sort((a, b) => (a.init.name < b.init.name ? -1 : 1));
  }

  /** Of one life of a stream. */
  ofStream(streamArn: string, streamCreatedAtMs: number, nowMs: number): readonly Channel[] {
    return this.list(nowMs).filter(
      ({ init }) => init.streamArn === streamArn && init.streamCreatedAtMs === streamCreatedAtMs,
    );
  }
}

/** In the form of a UUID, but of name and time: a run can be repeated. What AWS's ids look like is not documented. */
export function channelId(name: string, createdAtMs: number): string {
  const hex = createHash('md5').update(`${name}/${createdAtMs}`).digest('hex');
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]]
    .map(([from, to]) => hex.slice(from, to))
    .join('-');
}
