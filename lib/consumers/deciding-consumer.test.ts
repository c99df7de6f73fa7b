import { expect, test } from 'vitest';
import { streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { consumerNameFault } from './consumer-name-fault.ts';
import { decidingConsumerHref } from './deciding-consumer.ts';
import { consumerHealth } from './worst-consumer.ts';

const worst = {
  applicationId: 1,
  kind: 'kcl',
  name: 'quota worker',
  status: 'STALL',
  lag: { kind: 'unknown', reason: 'seen-once' },
  lossAhead: false,
  collection: { collectedAtMs: 0, cadenceSeconds: 10, failure: null },
} as const;
const row = streamRowOf({ consumers: { count: 1, withLeases: 1, readAtMs: 0, worst } });

test('a health that a consumer decides leads to it', () => {
  const health = consumerHealth(worst);
  expect(health).not.toBeNull();
  expect(decidingConsumerHref(row, health ?? row.health)).toBe(
    '/streams/local/tweets/applications/kcl/quota%20worker',
  );
});

test('a health that something else decides leads nowhere', () => {
  expect(decidingConsumerHref(row, row.health)).toBeNull();
  expect(decidingConsumerHref({ ...row, consumers: null }, row.health)).toBeNull();
});

test('names of consumers are those that Kinesis takes', () => {
  expect(consumerNameFault('a-b_c.9')).toBeNull();
  expect(consumerNameFault('')).toBeNull();
  expect(consumerNameFault('a b')).not.toBeNull();
  expect(consumerNameFault('x'.repeat(129))).not.toBeNull();
});
