import type { SubscribeToShardEventStream } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { Subscription } from './subscription.ts';

type Member = SubscribeToShardEventStream;

const event = (records: number, children = 0): Member => ({
  SubscribeToShardEvent: {
    Records: Array.from({ length: records }, () => ({
      SequenceNumber: '1',
      Data: new Uint8Array(),
      PartitionKey: 'k',
    })),
    ContinuationSequenceNumber: '1',
    MillisBehindLatest: 0,
    ChildShards: Array.from({ length: children }, () => ({
      ShardId: 'child',
      ParentShards: [],
      HashKeyRange: { StartingHashKey: '0', EndingHashKey: '1' },
    })),
  },
});

/** A subscription whose endpoint sends these events, and then ends it. */
function opened(members: AsyncIterable<Member>, signal = new AbortController().signal) {
  const t = { kinesis: { send: async () => ({ EventStream: members }) }, signal };
  return Subscription.open(t as unknown as CaseTools, 'arn', 'shard', { Type: 'LATEST' });
}

async function* from(...members: Member[]) {
  yield* members;
}

async function* idleForEver() {
  for (;;) yield event(0);
}

it('counts records over events', async () => {
  const subscription = await opened(from(event(1), event(0), event(2), event(5)));
  expect(await subscription.untilRecords(3)).toBeDefined();
  expect(subscription.records).toHaveLength(3);
});

it('tells the end as undefined', async () => {
  const subscription = await opened(from(event(1)));
  expect(await subscription.untilRecords(2)).toBeUndefined();
});

it('takes all up to the end of a closed shard', async () => {
  const subscription = await opened(from(event(1), event(0), event(0, 2)));
  await subscription.toEnd();
  expect(subscription.events.at(-1)?.ChildShards).toHaveLength(2);
});

it('does not wait for an end that does not come', async () => {
  const subscription = await opened(idleForEver());
  await subscription.toEnd();
  expect(subscription.events.length).toBeLessThan(10);
});

it('throws an exception that the stream carries', async () => {
  const refusal = new Error('taken over');
  const carried = { ResourceInUseException: refusal } as unknown as Member;
  const subscription = await opened(from(carried));
  await expect(subscription.next()).rejects.toBe(refusal);
});

it('ends at the deadline of the case', async () => {
  const deadline = new AbortController();
  const silent: AsyncIterable<Member> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
  };
  const subscription = await opened(silent, deadline.signal);
  const next = subscription.next();
  deadline.abort();
  await expect(next).rejects.toThrow('deadline');
});
