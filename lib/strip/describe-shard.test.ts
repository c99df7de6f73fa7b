import { describe, expect, it } from 'vitest';
import { frameOf } from '#lib/domain/frame-fixture.ts';
import { shardReadings } from '#lib/domain/shard-readings.ts';
import { describeShard } from './describe-shard.ts';
import { limitLines } from './limit-lines.ts';
import { ringShard } from './ring-shards.ts';
import { shardRow } from './testing/ring-of.ts';

const shard = ringShard(shardRow(3, 1n << 126n, (1n << 127n) - 1n));
const [hot, silent] = shardReadings(
  frameOf(2, {
    IncomingBytes: [1_048_576 * 0.97, Number.NaN],
    IncomingRecords: [612, Number.NaN],
    WriteProvisionedThroughputExceeded: [1_812, Number.NaN],
  }),
  1,
  2,
);
if (hot === undefined || silent === undefined) throw new Error('two readings were asked for');

describe('describeShard', () => {
  it('says use, rates, refusals and range', () => {
    expect(describeShard(shard, hot)).toBe(
      'shardId-000000000003: 97 % of write bytes, 0.97 MiB/s and 612 rec/s in, 1,812 records refused; range 40000000… to 7fffffff…, 25 % of the ring',
    );
  });

  it('does not call an unknown shard idle', () => {
    expect(describeShard(shard, silent)).toBe(
      'shardId-000000000003: no datapoint; range 40000000… to 7fffffff…, 25 % of the ring',
    );
  });
});

it('lists each limit and marks the one that binds', () => {
  expect(limitLines(hot).map((l) => [l.name, l.rate, l.max, l.percent, l.binds])).toEqual([
    ['write bytes', '0.97 MiB/s', '1.00 MiB/s', '97 %', true],
    ['write records', '612 rec/s', '1,000 rec/s', '61 %', false],
    ['read bytes', '–', '2.00 MiB/s', '–', false],
  ]);
});
