import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import type { RecordAnswer, RequestAnswer } from '#lib/domain/replay/emit/outcome.ts';

/** What becomes of a request. Of `lost` ones nobody hears; `late`: it is written a while after it was given up. */
export const REQUEST_FATES = [
  'taken',
  'some-throttled',
  'some-broken',
  'all-throttled',
  'lost-unwritten',
  'lost-written',
  'lost-half-written',
  'late',
] as const;

export type RequestFate = (typeof REQUEST_FATES)[number];

const LOST: RequestAnswer = {
  kind: 'not-answered',
  failure: { kind: 'timed-out', retryable: true, answerLost: true, message: 'No answer in 10 s' },
};

const THROTTLED: RequestAnswer = {
  kind: 'not-answered',
  failure: { kind: 'throttled', retryable: true, answerLost: false, message: 'Rate exceeded' },
};

/** For tests: a stream as far as writing goes. It does not know the shards; what it takes is in one log. */
export function modelOfTarget() {
  const written: Sendable[] = [];
  const late: (readonly Sendable[])[] = [];
  return {
    /** In the order in which it was written. */
    written,
    isWritten: (object: number, ordinal: number) =>
      written.some((record) => record.object === object && record.ordinal === ordinal),
    /** @param pick some number, by which the records are chosen that fail where some do */
    put(records: readonly Sendable[], fate: RequestFate, pick: number): RequestAnswer {
      const some = (i: number) => (pick >> (i % 10)) % 2 === 1;
      switch (fate) {
        case 'taken':
        case 'some-throttled':
        case 'some-broken':
          return {
            kind: 'answered',
            records: records.map((record, i): RecordAnswer => {
              if (fate !== 'taken' && some(i)) {
                return {
                  ok: false,
                  errorCode:
                    fate === 'some-broken'
                      ? 'InternalFailure'
                      : 'ProvisionedThroughputExceededException',
                };
              }
              written.push(record);
              return { ok: true, shardId: 'shardId-000000000000' };
            }),
          };
        case 'all-throttled':
          return THROTTLED;
        case 'lost-written':
          written.push(...records);
          return LOST;
        case 'lost-half-written':
          written.push(...records.filter((_, i) => some(i)));
          return LOST;
        case 'late':
          late.push(records);
          return LOST;
        case 'lost-unwritten':
          return LOST;
      }
    },
    /** What was given up long ago arrives. */
    writeLate() {
      written.push(...late.splice(0).flat());
    },
  };
}

export type TargetModel = ReturnType<typeof modelOfTarget>;
