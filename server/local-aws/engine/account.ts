import { KinesisMeter } from '#server/local-aws/metering/meter.ts';
import { parseStreamArn, streamArn } from './arn.ts';
import { ByteCap } from './byte-cap.ts';
import { ChannelRegistry } from './channel.ts';
import { EngineStream, type StreamMode } from './engine-stream.ts';
import { KinesisError } from './kinesis-error.ts';
import type { ResolvedOptions } from './options.ts';
import { ThroughputCommitment } from './throughput-commitment.ts';

/** A stream as requests name it; at least one has to be given, and two have to agree. */
export type StreamRef = {
  readonly streamName?: string | undefined;
  readonly streamArn?: string | undefined;
};

type NewStream = {
  readonly streamName: string;
  readonly mode: StreamMode;
  readonly initialShardCount: number;
  readonly maxRecordKiB: number;
};

/** All that one account holds in one region. The operations are functions over it. */
export class Account {
  readonly options: ResolvedOptions;
  readonly meter: KinesisMeter;
  readonly cap: ByteCap;
  readonly commitment = new ThroughputCommitment();
  readonly channels = new ChannelRegistry();
  readonly #streams = new Map<string, EngineStream>();
  #latestMs = Number.NEGATIVE_INFINITY;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.cap = new ByteCap(options.recordBytesMax, options.onTrim);
    this.meter = new KinesisMeter({
      basePeriodMs: options.meterPeriodMs,
      maxBytes: options.meterBytesMax,
    });
  }

  /** The clock's time, held back from running backwards: sequence numbers and periods rest on it. */
  nowMs(): number {
    this.#latestMs = Math.max(this.#latestMs, this.options.clock.nowMs());
    return this.#latestMs;
  }

  /** Every stream as of `nowMs`, by name in ascending order. */
  streams(nowMs: number): readonly EngineStream[] {
    return [...this.#streams.keys()].sort().flatMap((name) => this.#settled(name, nowMs) ?? []);
  }

  addStream(
    { streamName, mode, initialShardCount, maxRecordKiB }: NewStream,
    nowMs: number,
  ): EngineStream {
    const { accountId, region, limitScale } = this.options;
    const stream = new EngineStream({
      name: streamName,
      arn: streamArn({ accountId, region, streamName }),
      mode,
      createdAtMs: nowMs,
      initialShardCount,
      maxRecordKiB,
      meter: this.meter.openStream(streamName),
      cap: this.cap,
      limitScale,
    });
    this.#streams.set(streamName, stream);
    return stream;
  }

  hasStream(streamName: string, nowMs: number): boolean {
    return this.#settled(streamName, nowMs) !== undefined;
  }

  /**
   * The stream as of `nowMs`, in whatever status.
   * @throws KinesisError ResourceNotFoundException, or InvalidArgumentException for a bad reference.
   */
  stream(ref: StreamRef, nowMs: number): EngineStream {
    const streamName = this.#nameOf(ref);
    const stream = this.#settled(streamName, nowMs);
    if (stream === undefined) {
      throw this.streamNotFound(streamName);
    }
    return stream;
  }

  /** A stream that serves data: one that is being made or deleted is not there for puts and gets. */
  servingStream(ref: StreamRef, nowMs: number): EngineStream {
    const stream = this.stream(ref, nowMs);
    if (stream.status !== 'ACTIVE' && stream.status !== 'UPDATING') {
      throw this.streamNotFound(stream.name);
    }
    return stream;
  }

  /** A stream that may be changed. @throws KinesisError ResourceInUseException unless it is ACTIVE. */
  activeStream(ref: StreamRef, nowMs: number): EngineStream {
    const stream = this.stream(ref, nowMs);
    if (stream.status !== 'ACTIVE') {
      throw new KinesisError(
        'ResourceInUseException',
        `Stream ${stream.name} under account ${this.options.accountId} not ACTIVE, instead in state ${stream.status}`,
      );
    }
    return stream;
  }

  /** As `activeStream`, for what on-demand streams refuse: they choose their shards themselves. */
  activeProvisionedStream(ref: StreamRef, nowMs: number): EngineStream {
    const stream = this.activeStream(ref, nowMs);
    if (stream.mode === 'ON_DEMAND') {
      throw new KinesisError(
        'ValidationException',
        `Request is invalid. Stream ${stream.name} under account ${this.options.accountId} is in On-Demand mode.`,
      );
    }
    return stream;
  }

  /** Starts a change of the stream which completes after the configured time, or at once where that is 0. */
  update(stream: EngineStream, nowMs: number, complete: (atMs: number) => void): void {
    stream.begin('UPDATING', nowMs + this.options.transitionMs, complete);
    stream.settle(nowMs);
  }

  /** Open shards of all streams, with those still being created. */
  openShardCount(nowMs: number): number {
    return this.streams(nowMs).reduce(
      (sum, { status, initialShardCount, openShards }) =>
        sum + (status === 'CREATING' ? initialShardCount : openShards.length),
      0,
    );
  }

  /** @throws KinesisError LimitExceededException when `additional` shards would exceed the account's quota. */
  assertShardQuota(additional: number, nowMs: number): void {
    const current = this.openShardCount(nowMs);
    const { shardLimit, accountId, region } = this.options;
    if (current + additional > shardLimit) {
      throw new KinesisError(
        'LimitExceededException',
        `This request would exceed the shard limit for the account ${accountId} in ${region}. ` +
          `Current shard count for the account: ${current}. Limit: ${shardLimit}. ` +
          `Number of additional shards that would have resulted from this request: ${additional}. ` +
          'Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) ' +
          'for current limits and how to request higher limits.',
      );
    }
  }

  streamNotFound(streamName: string): KinesisError {
    return new KinesisError(
      'ResourceNotFoundException',
      `Stream ${streamName} under account ${this.options.accountId} not found.`,
    );
  }

  #nameOf({ streamName, streamArn: arn }: StreamRef): string {
    if (arn === undefined) {
      if (streamName === undefined) {
        throw new KinesisError('InvalidArgumentException', 'Missing StreamName or StreamARN.');
      }
      return streamName;
    }
    const parts = parseStreamArn(arn);
    if (parts === null) {
      throw new KinesisError('InvalidArgumentException', `StreamARN ${arn} is invalid.`);
    }
    if (streamName !== undefined && streamName !== parts.streamName) {
      throw new KinesisError(
        'InvalidArgumentException',
        `StreamName ${streamName} does not match StreamARN ${arn}.`,
      );
    }
    const { accountId, region } = this.options;
    if (parts.accountId !== accountId || parts.region !== region) {
      throw new KinesisError(
        'ResourceNotFoundException',
        `Stream ${parts.streamName} under account ${parts.accountId} not found.`,
      );
    }
    return parts.streamName;
  }

  #settled(streamName: string, nowMs: number): EngineStream | undefined {
    const stream = this.#streams.get(streamName);
    stream?.settle(nowMs);
    if (stream?.isGone === true) {
      this.#streams.delete(streamName);
      return undefined;
    }
    return stream;
  }
}
