import type { GetRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { expect, it } from 'vitest';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { readToEnd, readUntil } from './reading.ts';

const answer = (records: number, rest: Partial<GetRecordsCommandOutput> = {}) => ({
  $metadata: {},
  Records: Array.from({ length: records }, () => ({
    SequenceNumber: '1',
    Data: new Uint8Array(),
    PartitionKey: 'k',
  })),
  NextShardIterator: 'next',
  MillisBehindLatest: 0,
  ...rest,
});

/** Answers these in turn, the last of them for ever, and asks again at once. */
function tools(...answers: GetRecordsCommandOutput[]): { t: CaseTools; calls: () => number } {
  let calls = 0;
  const t = {
    kinesis: {
      send: async () => {
        calls += 1;
        return answers[Math.min(calls, answers.length) - 1];
      },
    },
    eventually: async <T>(_what: string, ask: () => Promise<T | undefined>): Promise<T> => {
      for (;;) {
        const seen = await ask();
        if (seen !== undefined) return seen;
      }
    },
  };
  return { t: t as unknown as CaseTools, calls: () => calls };
}

it('reads on over empty answers', async () => {
  const { t } = tools(answer(0, { MillisBehindLatest: 500 }), answer(0), answer(2), answer(9));
  expect((await readUntil(t, 'first', 2)).records).toHaveLength(2);
});

it('does not stop while it is behind', async () => {
  const behind = Array.from({ length: 40 }, () => answer(0, { MillisBehindLatest: 1 }));
  const { t } = tools(...behind, answer(1));
  expect((await readUntil(t, 'first', 1)).records).toHaveLength(1);
});

it('returns what there is when there is nothing more', async () => {
  const { t, calls } = tools(answer(1), answer(0));
  expect((await readUntil(t, 'first', 5)).records).toHaveLength(1);
  expect(calls()).toBeLessThan(20);
});

it('reads a closed shard to its end', async () => {
  const end = { ...answer(0), NextShardIterator: undefined };
  const { t } = tools(answer(3), answer(0), end);
  const { records, last } = await readToEnd(t, 'first');
  expect(records).toHaveLength(3);
  expect(last.NextShardIterator).toBeUndefined();
});
