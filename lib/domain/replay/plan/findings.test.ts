import { describe, expect, it } from 'vitest';
import { type PlanFacts, paceFault, refusalsOf, slicesAllowed, warningsOf } from './findings.ts';
import { planHash, resumeFault } from './plan-hash.ts';

const CAP = { bytesPerSecond: 1_000, recordsPerSecond: 10 };

const FACTS: PlanFacts = {
  totals: {
    objects: 3,
    bytes: 300,
    times: null,
    undated: 0,
    outOfOrder: 0,
    needRestore: new Map(),
    fingerprint: 'f',
  },
  sample: {
    objects: [{ storedBytes: 100, records: 10 }],
    shards: [
      { records: 5, bytes: 500 },
      { records: 5, bytes: 500 },
      { records: 0, bytes: 0 },
    ],
    records: 10,
    bytes: 1_000,
    largestRecordBytes: 100,
    payloadUnits: 10,
    billedKilobytes: 10,
    hottestKey: null,
  },
  target: {
    status: 'ACTIVE',
    isByKey: true,
    recordBytesMax: 1_048_576,
    isSource: false,
    isArchivedToSource: false,
  },
  isSourceNamed: false,
  order: 'none',
  pace: { kind: 'maximum' },
  slices: 4,
  hasTimes: true,
  caps: [CAP, CAP, null],
};

const { totals, sample, target } = FACTS;
const EMPTY = { bytesPerSecond: 1_000, recordsPerSecond: 0 };

describe('what stands against a plan', () => {
  it('is nothing, where there is nothing', () => {
    expect(refusalsOf(FACTS)).toEqual([]);
    expect(warningsOf(FACTS)).toEqual([]);
  });

  it.each([
    [{ totals: { ...totals, objects: 0 } }, { kind: 'nothing-to-replay', because: 'no-objects' }],
    [
      { sample: { ...sample, records: 0, shards: [] } },
      { kind: 'nothing-to-replay', because: 'all-filtered' },
    ],
    [
      {
        totals: {
          ...totals,
          needRestore: new Map([
            ['GLACIER', { objects: 1, bytes: 10 }],
            ['DEEP_ARCHIVE', { objects: 2, bytes: 20 }],
          ]),
        },
      },
      { kind: 'needs-restore', objects: 3, bytes: 30 },
    ],
    [{ target: { ...target, isSource: true } }, { kind: 'source-not-named' }],
    [
      { target: { ...target, status: 'UPDATING' } },
      { kind: 'target-not-active', status: 'UPDATING' },
    ],
    [
      { target: { ...target, isByKey: false }, order: 'per-key' },
      { kind: 'order-needs-keys', order: 'per-key' },
    ],
    [
      { pace: { kind: 'timed', speed: 1 }, hasTimes: false },
      { kind: 'pace', fault: 'needs-times' },
    ],
    [{ caps: [CAP, null, CAP] }, { kind: 'capacity-unknown', shards: [1] }],
    [{ caps: [EMPTY, CAP, EMPTY] }, { kind: 'no-capacity', shards: [0] }],
  ] as const satisfies readonly (readonly [Partial<PlanFacts>, object])[])(
    'is told alone: %#',
    (change, refusal) => {
      expect(refusalsOf({ ...FACTS, ...change })).toEqual([refusal]);
    },
  );

  it('lets records go back where they came from, once its name was typed', () => {
    const facts = { ...FACTS, target: { ...target, isSource: true }, isSourceNamed: true };
    expect(refusalsOf(facts)).toEqual([]);
  });

  it.each([
    [{ target: { ...target, isArchivedToSource: true } }, { kind: 'loop' }],
    [
      {
        sample: {
          ...sample,
          shards: [
            { records: 2, bytes: 1 },
            { records: 8, bytes: 1 },
          ],
        },
      },
      { kind: 'one-shard', shard: 1, share: 0.8 },
    ],
    [
      { target: { ...target, recordBytesMax: 99 } },
      { kind: 'records-too-large', largestBytes: 100, maxBytes: 99 },
    ],
    [{ totals: { ...totals, undated: 2 } }, { kind: 'undated', objects: 2 }],
    [
      { totals: { ...totals, outOfOrder: 2 }, order: 'strict' },
      { kind: 'keys-out-of-order', objects: 2 },
    ],
  ] as const satisfies readonly (readonly [Partial<PlanFacts>, object])[])(
    'is warned of alone: %#',
    (change, warning) => {
      expect(warningsOf({ ...FACTS, ...change })).toEqual([warning]);
    },
  );
});

describe('a pace', () => {
  const two = { kind: 'timed', speed: 2 } as const;

  it('needs times and one slice, unless it is the fastest', () => {
    expect(paceFault({ kind: 'maximum' }, { hasTimes: false, slices: 9 })).toBeNull();
    expect(paceFault(two, { hasTimes: true, slices: 1 })).toBeNull();
    expect(paceFault(two, { hasTimes: true, slices: 2 })).toBe('needs-one-slice');
    expect(paceFault(two, { hasTimes: false, slices: 1 })).toBe('needs-times');
    for (const speed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const pace = { kind: 'timed', speed } as const;
      expect(paceFault(pace, { hasTimes: true, slices: 1 })).toBe('not-a-speed');
    }
  });

  it('is spread over slices only where neither order nor time is kept', () => {
    const filter = { dedup: null };
    const dedup = { by: 'content', capacity: 100 } as const;
    expect(slicesAllowed({ order: 'none', filter }, { kind: 'maximum' }, 8)).toBe(8);
    expect(slicesAllowed({ order: 'per-key', filter }, { kind: 'maximum' }, 8)).toBe(1);
    expect(slicesAllowed({ order: 'none', filter }, two, 8)).toBe(1);
    expect(slicesAllowed({ order: 'none', filter: { dedup } }, { kind: 'maximum' }, 8)).toBe(1);
  });
});

describe('the hash of a plan', () => {
  it('goes by what the settings say, not by how they are written', () => {
    const hash = planHash({ order: 'none', filter: { from: 1, keys: ['a', 'b'] } }, 'f');
    expect(planHash({ filter: { keys: ['a', 'b'], from: 1 }, order: 'none' }, 'f')).toBe(hash);
    expect(planHash({ filter: { keys: ['b', 'a'], from: 1 }, order: 'none' }, 'f')).not.toBe(hash);
    expect(planHash({ filter: { keys: ['a', 'b'], from: '1' }, order: 'none' }, 'f')).not.toBe(
      hash,
    );
    expect(planHash({ order: 'none', filter: { from: 1, keys: ['a', 'b'] } }, 'g')).not.toBe(hash);
  });

  it('lets nothing go on that is another plan, or decoded by another decoder', () => {
    const frozen = { planHash: 'a', decoderVersion: '1' };
    expect(resumeFault(frozen, { ...frozen })).toBeNull();
    expect(resumeFault(frozen, { ...frozen, planHash: 'b' })).toBe('plan-changed');
    expect(resumeFault(frozen, { ...frozen, decoderVersion: '2' })).toBe('decoder-changed');
  });
});
