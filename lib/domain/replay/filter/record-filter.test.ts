import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { md5 } from '#lib/domain/md5.ts';
import type { ReplayRecord } from '#lib/domain/replay/record.ts';
import { utf8 } from '#lib/domain/replay/testing/chunks.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import type { FilterPlan } from './filter-plan.ts';
import { type RecordExpression, RecordFilter, type Verdict } from './record-filter.ts';

const OBJECT = { bucket: 'archive', key: 'a.gz', etag: 'e' };
const ALL: FilterPlan = { window: null, partitionKeys: null, sampling: null, dedup: null };

type Traits = {
  readonly data?: string;
  readonly key?: string;
  readonly arrivalMs?: number | null;
  readonly sequence?: number | null;
  readonly ordinal?: number;
  readonly sub?: number | null;
};

function record(traits: Traits = {}): ReplayRecord {
  const {
    data = '{}',
    key = 'k',
    arrivalMs = null,
    sequence = null,
    ordinal = 0,
    sub = null,
  } = traits;
  return {
    data: utf8(data),
    partitionKey: key,
    keySource: 'archived',
    explicitHashKey: null,
    origin: {
      shardId: 'shardId-000000000000',
      sequenceNumber: sequence === null ? null : (BigInt(sequence) as SequenceNumber),
      arrivalMs,
    },
    place: { ordinal, start: 0, end: data.length, sub },
  };
}

/** Verdicts in the order of the records: `kept`, why one was dropped, or what went wrong. */
function judge(
  plan: Partial<FilterPlan>,
  records: readonly ReplayRecord[],
  expression: RecordExpression | null = null,
) {
  const filter = new RecordFilter({ ...ALL, ...plan }, { sha256: md5, expression });
  return records.map((one) => wordOf(filter.judge(one, OBJECT)));
}

function wordOf(verdict: Verdict): string {
  if (verdict.kind === 'dropped') return verdict.reason;
  return verdict.kind === 'failed' ? verdict.message : 'kept';
}

it('keeps everything where nothing is asked', () => {
  expect(judge({}, [record(), record()])).toEqual(['kept', 'kept']);
});

it('takes a window from its first instant up to, not including, its last', () => {
  const records = [99, 100, 199, 200, null].map((arrivalMs) => record({ arrivalMs }));
  const window = { fromMs: 100, toMs: 200 };
  expect(judge({ window: { ...window, unknownTime: 'keep' } }, records)).toEqual([
    'outside-window',
    'kept',
    'kept',
    'outside-window',
    'kept',
  ]);
  expect(judge({ window: { ...window, unknownTime: 'drop' } }, records).at(-1)).toBe(
    'unknown-time',
  );
});

it('takes some keys', () => {
  expect(judge({ partitionKeys: ['a'] }, [record({ key: 'a' }), record({ key: 'b' })])).toEqual([
    'kept',
    'other-key',
  ]);
  expect(judge({ partitionKeys: [] }, [record()])).toEqual(['other-key']);
});

describe('sampling', () => {
  const records = Array.from({ length: 4_000 }, (_, i) =>
    record({ key: `key-${i % 400}`, ordinal: i }),
  );

  it.each(['key', 'record'] as const)(
    'by %s takes about its share, and the same in each run',
    (by) => {
      const verdicts = judge({ sampling: { share: 0.25, by } }, records);
      expect(judge({ sampling: { share: 0.25, by } }, records)).toEqual(verdicts);
      const share = verdicts.filter((one) => one === 'kept').length / records.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.35);
    },
  );

  it('by key takes all of a key or nothing', () => {
    const verdicts = judge({ sampling: { share: 0.5, by: 'key' } }, records);
    expect(verdicts.slice(400, 800)).toEqual(verdicts.slice(0, 400));
  });

  it('of a larger share takes what a smaller one took, and of 1 everything', () => {
    const [some, more, all] = [0.2, 0.6, 1].map((share) =>
      judge({ sampling: { share, by: 'record' } }, records),
    );
    some?.forEach((verdict, i) => {
      if (verdict === 'kept') expect(more?.[i]).toBe('kept');
    });
    expect(new Set(all)).toEqual(new Set(['kept']));
  });
});

describe('duplicates', () => {
  it('by sequence number are records that were archived twice, not those of one aggregate', () => {
    const dedup = { by: 'sequence-number', capacity: 10 } as const;
    const records = [
      record({ sequence: 1, ordinal: 0 }),
      record({ sequence: 1, ordinal: 5 }),
      record({ sequence: 2, sub: 0, ordinal: 6 }),
      record({ sequence: 2, sub: 1, ordinal: 7 }),
      record({ data: 'x', ordinal: 8 }),
      record({ data: 'x', ordinal: 9 }),
    ];
    expect(judge({ dedup }, records)).toEqual([
      'kept',
      'duplicate',
      'kept',
      'kept',
      'kept',
      'kept',
    ]);
  });

  it('by content are of one key and payload', () => {
    const dedup = { by: 'content', capacity: 10 } as const;
    const records = [
      record({ key: 'a', data: 'bc', ordinal: 1 }),
      record({ key: 'ab', data: 'c', ordinal: 2 }),
      record({ key: 'a', data: 'bc', ordinal: 3 }),
    ];
    expect(judge({ dedup }, records)).toEqual(['kept', 'kept', 'duplicate']);
  });

  it('are the same when an object is read again, of which nothing is lost so', () => {
    const filter = new RecordFilter(
      { ...ALL, dedup: { by: 'content', capacity: 10 } },
      { sha256: md5, expression: null },
    );
    const read = () =>
      [record({ ordinal: 0 }), record({ ordinal: 1 })].map((one) =>
        wordOf(filter.judge(one, OBJECT)),
      );
    expect(read()).toEqual(['kept', 'duplicate']);
    expect(read()).toEqual(['kept', 'duplicate']);
  });

  it('are not looked for among what is not sent', () => {
    const plan = {
      dedup: { by: 'content', capacity: 10 },
      window: { fromMs: 5, toMs: 9, unknownTime: 'drop' },
    } as const;
    expect(judge(plan, [record({ arrivalMs: 1 }), record({ arrivalMs: 6, ordinal: 1 })])).toEqual([
      'outside-window',
      'kept',
    ]);
  });
});

it('asks an expression, whose failure is neither yes nor no', () => {
  const expression: RecordExpression = ({ data }) =>
    data.length > 3 ? { message: 'no such field' } : data.length === 2;
  const records = ['{}', '{ }', 'null'].map((data) => record({ data }));
  expect(judge({}, records, expression)).toEqual(['kept', 'expression', 'no such field']);
});

it('without dedup judges each record by itself', () => {
  const traits = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    arrivalMs: fc.option(fc.nat({ max: 20 })),
    ordinal: fc.nat({ max: 50 }),
  });
  const plan: Partial<FilterPlan> = {
    window: { fromMs: 5, toMs: 15, unknownTime: 'keep' },
    partitionKeys: ['a', 'b'],
    sampling: { share: 0.5, by: 'record' },
  };
  fc.assert(
    fc.property(fc.array(traits), (all) => {
      const records = all.map(record);
      expect(judge(plan, records)).toEqual(records.flatMap((one) => judge(plan, [one])));
    }),
  );
});
