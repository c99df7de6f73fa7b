import type { ChunkBudget } from './chunk-budget.ts';
import { ConsumerMeter } from './consumer-meter.ts';
import type { Datapoint } from './datapoint.ts';
import { EnabledSpans } from './enabled-spans.ts';
import {
  PUT_RECORD_METRICS,
  PUT_RECORDS_METRICS,
  SHARD_READ_METRICS,
  type ShardLevelMetric,
  STREAM_READ_METRICS,
  WRITE_METRICS,
} from './metric-names.ts';
import { PeriodTable } from './period-table.ts';
import { ShardMeter } from './shard-meter.ts';
import { WriteCount } from './write-count.ts';

/** What one PutRecords call came to. */
export type PutRecordsSample = {
  readonly bytes: number;
  /** Null where nothing was measured: a call that did not come over the wire takes no time at all. */
  readonly latencyMs: number | null;
  readonly totalRecords: number;
  readonly throttledRecords: number;
};

/** What one GetRecords call that was served came to. */
export type ReadSample = {
  readonly bytes: number;
  readonly records: number;
  readonly iteratorAgeMs: number;
  readonly latencyMs: number | null;
};

/** The counters of a stream's name, and of the shards under it. They outlive the stream, as at AWS. */
export class StreamMeter {
  readonly #periodMs: number;
  readonly #budget: ChunkBudget;
  readonly #writes: PeriodTable;
  readonly #reads: PeriodTable;
  readonly #putRecord: PeriodTable;
  readonly #putRecords: PeriodTable;
  readonly #shards = new Map<string, ShardMeter>();
  readonly #consumers = new Map<string, ConsumerMeter>();
  readonly #enabled = new EnabledSpans();
  /** Of the put that is under way. */
  readonly #written = new WriteCount();
  readonly #writtenShards: ShardMeter[] = [];
  #shardWritesOn = false;
  #shardReadsOn = false;

  constructor(periodMs: number, budget: ChunkBudget) {
    const table = (metrics: readonly string[]) => new PeriodTable(periodMs, metrics, budget);
    this.#periodMs = periodMs;
    this.#budget = budget;
    this.#writes = table(WRITE_METRICS);
    this.#reads = table(STREAM_READ_METRICS);
    this.#putRecord = table(PUT_RECORD_METRICS);
    this.#putRecords = table(PUT_RECORDS_METRICS);
  }

  /** Switches shard-level metrics to exactly these. */
  enableShardMetrics(metrics: readonly ShardLevelMetric[], nowMs: number): void {
    for (const metric of this.#enabled.metricsEverOn()) {
      if (!metrics.includes(metric)) {
        this.#enabled.switchOff(metric, nowMs);
      }
    }
    for (const metric of metrics) {
      this.#enabled.switchOn(metric, nowMs);
    }
    this.#shardWritesOn = WRITE_METRICS.some((metric) => this.#enabled.isOn(metric));
    this.#shardReadsOn = SHARD_READ_METRICS.some((metric) => this.#enabled.isOn(metric));
  }

  /** The meter of a shard; the same one again for the same id, also in a later life of the stream. */
  shard(shardId: string): ShardMeter {
    let shard = this.#shards.get(shardId);
    if (shard === undefined) {
      shard = new ShardMeter(this.#periodMs, this.#budget);
      this.#shards.set(shardId, shard);
    }
    return shard;
  }

  /** The meter of an enhanced fan-out consumer; the same one again for one of the same name. */
  consumer(consumerName: string): ConsumerMeter {
    let consumer = this.#consumers.get(consumerName);
    if (consumer === undefined) {
      consumer = new ConsumerMeter(this.#periodMs, this.#budget);
      this.#consumers.set(consumerName, consumer);
    }
    return consumer;
  }

  /** Notes one record of a put that was tried: `bytes` of data and key, or a throttle. The put's end counts it. */
  noteWrite(shard: ShardMeter, bytes: number, accepted: boolean): void {
    this.#written.note(bytes, accepted);
    if (this.#shardWritesOn) {
      if (shard.written.isEmpty) {
        this.#writtenShards.push(shard);
      }
      shard.written.note(bytes, accepted);
    }
  }

  recordPutRecord(nowMs: number, bytes: number, latencyMs: number | null, accepted: boolean): void {
    this.#countWrites(nowMs);
    const table = this.#putRecord;
    table.begin(nowMs);
    table.sample(0, accepted ? bytes : 0);
    sampleLatency(table, 1, latencyMs);
    table.sample(2, accepted ? 1 : 0);
  }

  /** Success counts calls of which at least one record was taken, as CloudWatch defines it. */
  recordPutRecords(nowMs: number, call: PutRecordsSample): void {
    this.#countWrites(nowMs);
    const table = this.#putRecords;
    const successful = call.totalRecords - call.throttledRecords;
    table.begin(nowMs);
    table.sample(0, call.bytes);
    sampleLatency(table, 1, call.latencyMs);
    table.sample(2, successful > 0 ? 1 : 0);
    table.sample(3, call.totalRecords);
    table.sample(4, successful);
    // FailedRecords are internal failures only; throttled ones have a metric of their own.
    table.sample(5, 0);
    table.sample(6, call.throttledRecords);
  }

  /**
   * One sample for each put, of the stream and of each shard that it wrote to: "Minimum, Maximum, and Average
   * statistics represent the records in a single put operation" (developer guide, Monitoring with CloudWatch).
   */
  #countWrites(nowMs: number): void {
    if (!this.#written.isEmpty) {
      this.#written.count(this.#writes, nowMs);
    }
    for (const shard of this.#writtenShards) {
      shard.written.count(shard.writes(), nowMs);
    }
    this.#writtenShards.length = 0;
  }

  recordRead(shard: ShardMeter, nowMs: number, call: ReadSample): void {
    const stream = this.#reads;
    stream.begin(nowMs);
    stream.sample(0, call.bytes);
    stream.sample(1, call.records);
    stream.sampleValue(2, call.iteratorAgeMs);
    stream.sample(3, 0);
    sampleLatency(stream, 4, call.latencyMs);
    stream.sample(5, 1);
    if (this.#shardReadsOn) {
      const table = shard.reads();
      table.begin(nowMs);
      table.sample(0, call.bytes);
      table.sample(1, call.records);
      table.sample(2, call.iteratorAgeMs);
      table.sample(3, 0);
    }
  }

  /**
   * A GetRecords call that was throttled. It has no iterator age: nothing was read, and a 0 would say
   * that the reader has caught up.
   */
  recordThrottledRead(shard: ShardMeter, nowMs: number, latencyMs: number | null): void {
    const stream = this.#reads;
    stream.begin(nowMs);
    stream.sample(0, 0);
    stream.sample(1, 0);
    stream.sample(3, 1);
    sampleLatency(stream, 4, latencyMs);
    stream.sample(5, 0);
    if (this.#shardReadsOn) {
      const table = shard.reads();
      table.begin(nowMs);
      table.sample(0, 0);
      table.sample(1, 0);
      table.sample(3, 1);
    }
  }

  read(shardId: string | null, metric: string, startMs: number, endMs: number): Datapoint[] {
    if (shardId === null) {
      return this.#streamTables()
        .flatMap(({ table, metrics }) => (metrics.includes(metric) ? [table] : []))
        .flatMap((table) => table.read(metric, startMs, endMs));
    }
    const points = this.#shards.get(shardId)?.find(metric)?.read(metric, startMs, endMs) ?? [];
    return points.filter((point) =>
      this.#enabled.overlaps(metric, point.startMs, point.startMs + this.#periodMs),
    );
  }

  readConsumer(consumerName: string, metric: string, startMs: number, endMs: number): Datapoint[] {
    const table = this.#consumers.get(consumerName)?.find(metric);
    return table?.read(metric, startMs, endMs) ?? [];
  }

  /** Metrics of enhanced fan-out with datapoints, by consumer. */
  *consumerMetrics(): Generator<{ readonly consumerName: string; readonly metric: string }> {
    for (const [consumerName, consumer] of this.#consumers) {
      for (const metric of consumer.metrics()) {
        yield { consumerName, metric };
      }
    }
  }

  /** Names of the stream-level metrics with datapoints. */
  streamMetrics(): readonly string[] {
    return this.#streamTables().flatMap(({ table, metrics }) => (table.isEmpty ? [] : metrics));
  }

  /** Shard-level metrics with datapoints, by shard. */
  *shardMetrics(): Generator<{ readonly shardId: string; readonly metric: string }> {
    const metrics = this.#enabled.metricsEverOn();
    for (const [shardId, shard] of this.#shards) {
      for (const metric of metrics) {
        if (shard.find(metric) !== null) {
          yield { shardId, metric };
        }
      }
    }
  }

  #streamTables(): readonly { readonly table: PeriodTable; readonly metrics: readonly string[] }[] {
    return [
      { table: this.#writes, metrics: WRITE_METRICS },
      { table: this.#reads, metrics: STREAM_READ_METRICS },
      { table: this.#putRecord, metrics: PUT_RECORD_METRICS },
      { table: this.#putRecords, metrics: PUT_RECORDS_METRICS },
    ];
  }
}

function sampleLatency(table: PeriodTable, metric: number, latencyMs: number | null): void {
  if (latencyMs !== null) {
    table.sampleValue(metric, latencyMs);
  }
}
