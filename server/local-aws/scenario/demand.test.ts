import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Demand, stampWithSerial } from './demand.ts';
import { ID_SLOT, payloadOf, TIME_SLOT } from './payload.ts';
import type { ProducerPlan } from './producer-plan.ts';

const payload = (filler: number) =>
  payloadOf(`{"at":"${TIME_SLOT}","id":"${ID_SLOT}","x":"${'x'.repeat(filler)}"}`);

const plan: ProducerPlan = {
  streamName: 's',
  batchMs: 100,
  keys: ['aa', 'bb', 'cc'].map((partitionKey, i) => ({
    partitionKey,
    bytesPerSecond: 1_000 * (i + 1),
    wave: () => 1,
    payloads: [payload(10), payload(200)],
  })),
};

it('sends what is planned, whatever the steps of time are', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(steps, (pauses) => {
      const demand = new Demand(plan, 0);
      let nowMs = 0;
      const sent = new Map<string, number>();
      for (const pause of pauses) {
        nowMs += pause;
        for (const { partitionKey, data } of demand.take(nowMs, 1, null)) {
          sent.set(partitionKey, (sent.get(partitionKey) ?? 0) + partitionKey.length + data.length);
        }
      }
      for (const { partitionKey, bytesPerSecond, payloads } of plan.keys) {
        const largest = Math.max(...payloads.map(({ bytes }) => bytes.length)) + 2;
        const planned = (bytesPerSecond * nowMs) / 1_000;
        expect(Math.abs((sent.get(partitionKey) ?? 0) - planned)).toBeLessThanOrEqual(largest);
      }
    }),
  );
});

it('forgets what would have been due while it was away', () => {
  const demand = new Demand(plan, 0);
  demand.skipTo(60_000);
  const bytes = demand.take(60_500, 1, null).reduce((sum, { data }) => sum + data.length + 2, 0);
  expect(bytes).toBeLessThan(0.5 * 6_000 + 3 * 300);
});

it('scales with its rate', () => {
  const count = (rate: number) => new Demand(plan, 0).take(60_000, rate, null).length;
  expect(count(2) / count(1)).toBeCloseTo(2, 1);
  expect(count(0)).toBeLessThan(4);
});

it('numbers stamped records without a gap', () => {
  const entries = new Demand(plan, 0).take(5_000, 1, stampWithSerial(100n));
  const ids = entries.map(({ data }) => BigInt(JSON.parse(Buffer.from(data).toString()).id));
  expect(ids).toEqual(ids.map((_, i) => 101n + BigInt(i)));
});
