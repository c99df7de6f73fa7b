import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PUT_RECORDS_BYTES_MAX } from '#lib/domain/limits.ts';
import { ClientFault, type KinesisClientPort, type PutAnswer } from './kinesis-client-port.ts';
import { ID_SLOT, payloadOf, TIME_SLOT } from './payload.ts';
import { intoCalls, Producer } from './producer.ts';
import { ProducerLedger } from './producer-ledger.ts';

const payload = payloadOf(`{"at":"${TIME_SLOT}","id":"${ID_SLOT}"}`);

/** A stream that answers each call by `answer`. */
function producerOf(answer: (count: number) => PutAnswer): [Producer, ProducerLedger, number[]] {
  const calls: number[] = [];
  const refuse = () => Promise.reject(new Error('A producer only puts'));
  const client: KinesisClientPort = {
    async putRecords(_stream, entries) {
      calls.push(entries.length);
      return answer(entries.length);
    },
    describeStream: () => Promise.reject(new Error('Not asked for')),
    listShards: refuse,
    splitShard: refuse,
    getShardIterator: refuse,
    getRecords: refuse,
    subscribeToShard: refuse,
  };
  const ledger = new ProducerLedger(5_000);
  const bytesPerSecond = 10 * (payload.bytes.length + 1);
  const producer = new Producer({
    plan: {
      streamName: 's',
      batchMs: 1_000,
      keys: [{ partitionKey: 'k', bytesPerSecond, wave: () => 1, payloads: [payload] }],
    },
    client,
    ledger,
    stamp: null,
    rate: 1,
    fromMs: 0,
  });
  return [producer, ledger, calls];
}

const all = (outcome: PutAnswer['outcomes'][number], answeredAtMs: number) => (count: number) => ({
  answeredAtMs,
  outcomes: Array.from({ length: count }, () => outcome),
});

it('counts by the time of the answer', async () => {
  const [producer, ledger] = producerOf(all('accepted', 7_000));
  await producer.act(1_000);
  expect(ledger.read(0)).toEqual([
    {
      streamName: 's',
      periods: [{ startMs: 5_000, attempted: 10, accepted: 10, throttled: 0, failed: 0 }],
    },
  ]);
});

it('tries a refused record once more, then counts it as lost', async () => {
  const [producer, ledger, calls] = producerOf(all('throttled', 0));
  await producer.act(1_000);
  expect(producer.lostRecords).toBe(0);
  producer.isPaused = false;
  await producer.act(2_000);
  expect(calls).toEqual([10, 10, 10]);
  expect(producer.lostRecords).toBe(10);
  expect(ledger.read(0)[0]?.periods[0]).toMatchObject({ attempted: 30, throttled: 30 });
});

it('counts a call without an answer as failed, tells it, and goes on', async () => {
  let isDown = true;
  const [producer, ledger] = producerOf((count) => {
    if (isDown) throw new ClientFault('unavailable', new Error('no answer'));
    return all('accepted', 2_000)(count);
  });
  await expect(producer.act(1_000)).rejects.toThrow('no answer');
  isDown = false;
  await producer.act(2_000);
  expect(ledger.read(0)[0]?.periods[0]).toMatchObject({ attempted: 20, accepted: 10, failed: 10 });
});

it('is silent while paused, and does not make up for it', async () => {
  const [producer, , calls] = producerOf(all('accepted', 0));
  producer.isPaused = true;
  await producer.act(30_000);
  expect(calls).toEqual([]);
  producer.isPaused = false;
  await producer.act(31_000);
  expect(calls).toEqual([10]);
});

it('cuts batches into calls that PutRecords takes', () => {
  const size = fc.oneof(fc.constant(1_048_000), fc.integer({ min: 1, max: 20_000 }));
  fc.assert(
    fc.property(fc.array(size, { maxLength: 1_200 }), (sizes) => {
      const data = Buffer.alloc(1_048_576);
      const entries = sizes.map((bytes) => ({
        partitionKey: 'key',
        data: data.subarray(0, bytes),
      }));
      const calls = [...intoCalls(entries)];
      expect(calls.flat()).toEqual(entries);
      for (const call of calls) {
        expect(call.length).toBeLessThanOrEqual(500);
        expect(call.reduce((sum, entry) => sum + entry.data.length + 3, 0)).toBeLessThanOrEqual(
          PUT_RECORDS_BYTES_MAX,
        );
      }
    }),
    { numRuns: 30 },
  );
});
