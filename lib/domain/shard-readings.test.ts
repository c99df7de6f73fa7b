import { describe, expect, it } from 'vitest';
import { frameOf } from './frame-fixture.ts';
import { shardReadings } from './shard-readings.ts';

const frame = frameOf(2, {
  IncomingBytes: [524_288, Number.NaN],
  IncomingRecords: [900, Number.NaN],
  WriteProvisionedThroughputExceeded: [7, Number.NaN],
});

describe('shardReadings', () => {
  it('reads each shard against its tightest limit', () => {
    const [first] = shardReadings(frame, 1, 2);
    expect(first?.use.writeBytes).toBeCloseTo(0.5);
    expect(first?.tightest.limit).toBe('writeRecords');
    expect(first?.tightest.use).toBeCloseTo(0.9);
    expect(first?.throttled).toBe(true);
  });

  it('leaves a shard without datapoints unknown', () => {
    const second = shardReadings(frame, 1, 2)[1];
    expect(second?.tightest).toEqual({ limit: null, use: Number.NaN });
    expect(second?.throttled).toBe(false);
  });

  it.each([
    ['there is no frame', null, 1],
    ['the frame is of another topology', frame, 2],
    ['shard-level metrics are off', { ...frame, shards: new Float32Array() }, 1],
  ])('knows nothing where %s', (_, given, topologyId) => {
    const readings = shardReadings(given, topologyId, 2);
    expect(readings).toHaveLength(2);
    expect(readings.every((r) => Number.isNaN(r.tightest.use) && !r.throttled)).toBe(true);
  });
});
