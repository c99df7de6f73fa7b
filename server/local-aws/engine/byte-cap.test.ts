import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCap, type TrimReport } from './byte-cap.ts';
import { engineFixture, readShard } from './engine-fixture.ts';
import { RecordLog } from './record-log.ts';

const MEBIBYTE = 1_048_576;

describe('the byte cap', () => {
  it('holds, over any logs of any streams', () => {
    const puts = fc.array(
      fc.record({ log: fc.nat({ max: 3 }), bytes: fc.nat({ max: 60_000 }), shared: fc.boolean() }),
      { minLength: 50, maxLength: 200 },
    );
    fc.assert(
      fc.property(puts, (steps) => {
        // Room for the largest segment, with its index, beside others.
        const maxBytes = 2 * MEBIBYTE;
        const cap = new ByteCap(maxBytes, () => {});
        const shares = [cap.openShare(), cap.openShare()];
        const logs = Array.from(
          { length: 4 },
          (_, i) => new RecordLog(shares[i % 2] ?? cap.openShare()),
        );
        let put = 0;
        for (const [at, { log, bytes, shared }] of steps.entries()) {
          logs[log]?.append(`${at}`, String(at).length, new Uint8Array(bytes), at, shared);
          put += 1;
          expect(cap.reservedBytes).toBeLessThanOrEqual(maxBytes);
        }
        const held = logs.flatMap((log) =>
          [...log.segmentsFrom(0)].flatMap((segment) =>
            Array.from({ length: segment.count }, (_, i) => segment.arrivalMs(i)),
          ),
        );
        expect(held.length).toBe(put - cap.trimmedRecords);
        for (const log of logs) {
          const count = [...log.segmentsFrom(0)].reduce((sum, segment) => sum + segment.count, 0);
          expect(count).toBe(log.nextOrdinal - log.firstOrdinal);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('lets readers at TRIM_HORIZON begin after what it took, and says what it took', () => {
    const reports: TrimReport[] = [];
    const { engine, time } = engineFixture({
      limitScale: null,
      recordBytesMax: 4 * MEBIBYTE,
      onTrim: (report) => reports.push(report),
    });
    engine.createStream({ streamName: 's', shardCount: 1 });
    const data = new Uint8Array(100_000);
    for (let i = 0; i < 100; i += 1) {
      time.nowMs += 1_000;
      engine.putRecord({ streamName: 's', partitionKey: String(i), data });
    }
    const { reservedBytes, trimmedRecords } = engine.stats();
    expect(reservedBytes).toBeLessThanOrEqual(4 * MEBIBYTE);
    const records = readShard(engine, time, 's', 'shardId-000000000000');
    expect(records.map(({ partitionKey }) => Number(partitionKey))).toEqual(
      Array.from({ length: 100 - trimmedRecords }, (_, i) => i + trimmedRecords),
    );
    const reported = reports.reduce((sum, report) => sum + report.records, 0);
    expect(reported).toBeGreaterThan(0);
    expect(reported).toBeLessThanOrEqual(trimmedRecords);
    // 100 s of trimming, one report in 10 s at most.
    expect(reports.length).toBeLessThanOrEqual(10);
    expect(reports[0]?.newestTrimmedArrivalMs).toBeLessThan(reports[0]?.atMs ?? 0);
  });

  it('leaves a trickle its retention beside a torrent', () => {
    const { engine, time } = engineFixture({ limitScale: null, recordBytesMax: 4 * MEBIBYTE });
    engine.createStream({ streamName: 'torrent', shardCount: 2 });
    engine.createStream({ streamName: 'trickle', shardCount: 1 });
    for (let i = 0; i < 200; i += 1) {
      time.nowMs += 1_000;
      const partitionKey = String(i);
      engine.putRecord({ streamName: 'torrent', partitionKey, data: new Uint8Array(100_000) });
      engine.putRecord({ streamName: 'trickle', partitionKey, data: new Uint8Array(1_000) });
    }
    expect(engine.stats().trimmedRecords).toBeGreaterThan(100);
    expect(engine.stats().reservedBytes).toBeLessThanOrEqual(4 * MEBIBYTE);
    expect(readShard(engine, time, 'trickle', 'shardId-000000000000')).toHaveLength(200);
  });

  it('takes a record that is larger than the cap', () => {
    const { engine, time } = engineFixture({ recordBytesMax: 1_000 });
    engine.createStream({ streamName: 's', shardCount: 1 });
    const data = new Uint8Array(50_000);
    engine.putRecord({ streamName: 's', partitionKey: 'a', data });
    engine.putRecord({ streamName: 's', partitionKey: 'b', data });
    expect(readShard(engine, time, 's', 'shardId-000000000000')).toMatchObject([
      { partitionKey: 'b' },
    ]);
  });

  it('is given back by streams that are deleted', () => {
    const { engine } = engineFixture();
    engine.createStream({ streamName: 's', shardCount: 4 });
    for (let i = 0; i < 100; i += 1) {
      engine.putRecord({ streamName: 's', partitionKey: `${i}`, data: new Uint8Array(500) });
    }
    expect(engine.stats().reservedBytes).toBeGreaterThan(0);
    engine.deleteStream({ streamName: 's' });
    expect(engine.listStreams().streams).toEqual([]);
    expect(engine.stats()).toEqual({ reservedBytes: 0, trimmedRecords: 0, trimmedRecordBytes: 0 });
  });

  it('leaves a kilobyte of payload within 1.4 times its size and 250 bytes', () => {
    const { engine } = engineFixture({ limitScale: null });
    engine.createStream({ streamName: 's', shardCount: 8 });
    const data = new Uint8Array(1_000);
    const count = 100_000;
    for (let i = 0; i < count; i += 1) {
      engine.putRecord({ streamName: 's', partitionKey: `key-${i}`, data });
    }
    expect(engine.stats().reservedBytes / count).toBeLessThan(1.4 * data.length + 250);
  });
});
