import {
  SHARD_METRICS,
  type ShardMetric,
  STREAM_METRICS,
  type Statistic,
  type StreamMetric,
} from './shard-metric.ts';

/**
 * What one stream did in one period. `shards` is packed by metric: the value of metric m of the shard at
 * place i of the topology stands at `m * shardCount + i`. NaN means that CloudWatch had no datapoint: nothing
 * is known, or nothing happened; never zero.
 */
export type Frame = {
  /** Start of the period, epoch milliseconds, a multiple of `periodSeconds`. */
  readonly periodStartMs: number;
  readonly periodSeconds: number;
  /** The topology whose open shards, in range order, are the columns of `shards`. */
  readonly topologyId: number;
  /** When the figures were read from CloudWatch, epoch milliseconds on the database's clock. */
  readonly collectedAtMs: number;
  /** One value for each of STREAM_METRICS; fewer in a frame that is older than some of them. */
  readonly stream: Float32Array;
  /** SHARD_METRICS.length x shardCount values; empty where shard-level metrics are off. */
  readonly shards: Float32Array;
};

export function emptyStreamValues(): Float32Array {
  return new Float32Array(STREAM_METRICS.length).fill(Number.NaN);
}

export function emptyShardValues(shardCount: number): Float32Array {
  return new Float32Array(SHARD_METRICS.length * shardCount).fill(Number.NaN);
}

/** Index of a metric's value for the shard at `place` among `shardCount` shards. */
export function shardValueIndex(metric: ShardMetric, place: number, shardCount: number): number {
  return SHARD_METRICS.indexOf(metric) * shardCount + place;
}

/** The value of `metric` at `place`, summed over the period; NaN where there is no datapoint. */
export function shardValue(frame: Frame, metric: ShardMetric, place: number): number {
  const shardCount = frame.shards.length / SHARD_METRICS.length;
  return frame.shards[shardValueIndex(metric, place, shardCount)] ?? Number.NaN;
}

/** The stream's value of `metric` over the period; NaN where there is no datapoint. */
export function streamValue(frame: Frame, metric: StreamMetric): number {
  return frame.stream[STREAM_METRICS.indexOf(metric)] ?? Number.NaN;
}

/** Combines two readings of the same thing: NaN gives way to a figure. */
export function combine(statistic: Statistic, a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  if (Number.isNaN(b)) return a;
  return statistic === 'Maximum' ? Math.max(a, b) : a + b;
}

/** Little-endian bytes of the values, as they are stored and sent. */
export function packFloats(values: Float32Array): Uint8Array {
  if (IS_LITTLE_ENDIAN) return new Uint8Array(Float32Array.from(values).buffer);
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return bytes;
}

/** Undoes `packFloats`. @throws RangeError when the length is not a multiple of 4. */
export function unpackFloats(bytes: Uint8Array): Float32Array {
  if (bytes.byteLength % 4 !== 0) {
    throw new RangeError(`Packed floats take 4 bytes each; got ${bytes.byteLength} bytes`);
  }
  // Copied, so that they lie at a multiple of 4, as floats must.
  if (IS_LITTLE_ENDIAN) return new Float32Array(Uint8Array.from(bytes).buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) =>
    view.getFloat32(i * 4, true),
  );
}

/** Nearly every machine: there the bytes are the floats, and millions of them need not be read one by one. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
