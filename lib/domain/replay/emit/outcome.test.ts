import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { hashKey } from '#lib/domain/hash-key.ts';
import type { Batch } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { countUnits, spansOf } from '#lib/domain/replay/job/position.ts';
import { answerEntry, type RecordAnswer, readOutcome, toSendAgain } from './outcome.ts';

const SHARDS = ['shardId-000000000000', 'shardId-000000000001'];

function batchOf(count: number): Batch<Sendable> {
  const records = Array.from({ length: count }, (_, ordinal) => ({
    object: 1,
    ordinal,
    partitionKey: `${ordinal}`,
    hashKey: hashKey(0n),
    bytes: 10 + ordinal,
    playMs: 0,
  }));
  return { records, lanes: records.map((_, i) => i % 2), bytes: 0, placement: 0 };
}

const taken = (place: number): RecordAnswer => ({ ok: true, shardId: SHARDS[place % 2] ?? '' });
const THROTTLED: RecordAnswer = {
  ok: false,
  errorCode: 'ProvisionedThroughputExceededException',
};
const BROKEN: RecordAnswer = { ok: false, errorCode: 'InternalFailure' };

const ordinals = (records: readonly Sendable[]) => records.map(({ ordinal }) => ordinal);

describe('the outcome of a request', () => {
  it('puts each record in one place, whatever came', () => {
    const anyAnswer = fc.array(fc.constantFrom('taken', 'throttled', 'broken'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(anyAnswer, (parts) => {
        const batch = batchOf(parts.length);
        const records = parts.map((part, i) =>
          part === 'taken' ? taken(i) : part === 'throttled' ? THROTTLED : BROKEN,
        );
        const outcome = readOutcome(batch, { kind: 'answered', records }, SHARDS);
        const at = (part: string) => parts.flatMap((is, i) => (is === part ? [i] : []));
        expect(ordinals(outcome.acknowledged)).toEqual(at('taken'));
        expect(ordinals(outcome.throttled)).toEqual(at('throttled'));
        expect(ordinals(outcome.failed)).toEqual(at('broken'));
        expect(outcome.unknown).toEqual([]);
        expect(ordinals(toSendAgain(batch, outcome))).toEqual(
          parts.flatMap((is, i) => (is === 'taken' ? [] : [i])),
        );
        const spans = spansOf(batch.records);
        const entry = answerEntry({ kind: 'intent', request: 'r', spans }, outcome);
        expect(entry.acknowledgedBytes).toBe(at('taken').reduce((sum, i) => sum + 10 + i, 0));
        expect(countUnits([...entry.acknowledged, ...entry.throttled, ...entry.failed])).toBe(
          parts.length,
        );
      }),
    );
  });

  it('names the shards that refuse and those that do not, and what went astray', () => {
    const records = [taken(0), THROTTLED, taken(1), taken(3)];
    expect(readOutcome(batchOf(4), { kind: 'answered', records }, SHARDS)).toMatchObject({
      throttledShards: [SHARDS[1]],
      willingShards: [SHARDS[0]],
      strayed: 1,
      next: { do: 'go-on' },
    });
  });

  it.each([
    ['timed-out', 'unknown', { do: 'back-off' }],
    ['unreachable', 'unknown', { do: 'back-off' }],
    ['service-error', 'unknown', { do: 'back-off' }],
    ['throttled', 'throttled', { do: 'back-off' }],
    ['busy', 'failed', { do: 'back-off' }],
    ['expired-credentials', 'failed', { do: 'stop', why: 'as it is' }],
    ['access-denied', 'failed', { do: 'stop', why: 'as it is' }],
    ['not-found', 'failed', { do: 'stop', why: 'as it is' }],
    ['invalid-request', 'failed', { do: 'stop', why: 'as it is' }],
  ] as const)('%s as a whole: every record is %s', (kind, part, next) => {
    const failure = new AwsFailure(kind, 'kinesis:PutRecords', 'as it is');
    const outcome = readOutcome(batchOf(3), { kind: 'not-answered', failure }, SHARDS);
    expect(ordinals(outcome[part])).toEqual([0, 1, 2]);
    expect(toSendAgain(batchOf(3), outcome)).toHaveLength(3);
    const all = [outcome.acknowledged, outcome.throttled, outcome.failed, outcome.unknown];
    expect(all.flat()).toHaveLength(3);
    expect(outcome.next).toEqual(next);
  });

  it('believes no answer that is not one of this request', () => {
    const answer = { kind: 'answered', records: [taken(0)] } as const;
    const outcome = readOutcome(batchOf(2), answer, SHARDS);
    expect(ordinals(outcome.unknown)).toEqual([0, 1]);
  });
});
