import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { ConsumerEvent } from './events.ts';
import type { ObservedLease } from './observation.ts';
import { observe } from './observe.ts';
import { at, checkpointAt, leaseAt, type Scene, shardOf, tell } from './testing/story.ts';

const kindsOf = (events: readonly ConsumerEvent[]) => events.map(({ kind }) => kind);

/** Leases that are one way before second 60, another from then on. */
function turn(before: Partial<ObservedLease>, after: Partial<ObservedLease>): Scene {
  return { leases: (s) => [leaseAt(s, s < 60 ? before : after)] };
}

describe('observe', () => {
  it('tells nothing of what was there at the first look', () => {
    expect(tell(turn({}, {}), 0).events).toEqual([]);
    expect(tell(turn({}, {}), 300).events).toEqual([]);
  });

  it('tells once of a lease that changes its owner, is handed over, finished, or goes back', () => {
    expect(tell(turn({}, { owner: 'worker-2' }), 120).events).toEqual([
      {
        kind: 'owner-changed',
        atMs: at(60),
        shardId: shardIdOf(0),
        from: 'worker-1',
        to: 'worker-2',
      },
    ]);
    const handed = turn({}, { owner: 'worker-2', checkpointOwner: 'worker-1' });
    expect(kindsOf(tell(handed, 120).events)).toEqual(['owner-changed', 'handoff-began']);
    const ended = turn({}, { owner: null, checkpoint: { kind: 'shard-end' } });
    expect(tell(ended, 120).events).toMatchObject([{ kind: 'shard-finished', owner: 'worker-1' }]);
    const back: Scene = {
      leases: (s) => [leaseAt(s, { checkpoint: checkpointAt(s < 60 ? s - 3 : s - 903) })],
    };
    expect(tell(back, 120).events).toMatchObject([
      { kind: 'rewound', fromRecordMs: at(47), toRecordMs: at(-843) },
    ]);
  });

  it('tells of leases that come up, and of those that go away unfinished', () => {
    const shards = [shardOf(0), shardOf(1)];
    const come: Scene = {
      shards,
      leases: (s) => [leaseAt(s), ...(s < 60 ? [] : [leaseAt(s, {}, 1)])],
    };
    expect(kindsOf(tell(come, 90).events)).toEqual(['lease-created']);
    const go: Scene = {
      shards,
      leases: (s) => [leaseAt(s), ...(s < 60 ? [leaseAt(s, {}, 1)] : [])],
    };
    expect(kindsOf(tell(go, 90).events)).toEqual(['lease-lost']);
    const cleaned: Scene = {
      shards,
      leases: (s) => [
        leaseAt(s),
        ...(s < 60 ? [leaseAt(s, { checkpoint: { kind: 'shard-end' } }, 1)] : []),
      ],
    };
    expect(tell(cleaned, 90).events).toEqual([]);
  });

  it('keeps a lease whose row may be the one that could not be read', () => {
    const scene: Scene = {
      leases: (s) => (s < 60 ? [leaseAt(s)] : []),
      unreadable: ['It has no checkpoint.'],
    };
    const { events, track } = tell(scene, 120);
    expect(events).toEqual([]);
    expect(track.leases.get(shardIdOf(0))?.seenMs).toBe(at(50));
  });

  it('takes no observation that is not later than the last', () => {
    const { track } = tell(turn({}, {}), 100);
    const observation = {
      atMs: at(100),
      throughMs: at(100),
      counterIs: 'renewals',
      leases: [],
      unreadable: [],
      workers: null,
    } as const;
    const again = observe(track, observation, { listedMs: at(0), shards: new Map() });
    expect(again).toEqual({ track, events: [] });
  });

  it('learns how often a lease is renewed, and how often it is checkpointed', () => {
    const { track } = tell(turn({}, {}), 300);
    const lease = track.leases.get(shardIdOf(0));
    expect(lease?.renewEveryMs).toBe(5_000);
    expect(lease?.checkpointEveryMs).toBe(10_000);
    expect(track.checkpointEveryMs).toBe(10_000);
  });

  it('learns little from one outage', () => {
    const scene: Scene = { leases: (s) => [leaseAt(s < 100 || s > 1_000 ? s : 100)] };
    const renewed = tell(scene, 1_100).track.leases.get(shardIdOf(0))?.renewEveryMs ?? 0;
    expect(renewed).toBeGreaterThan(4_000);
    expect(renewed).toBeLessThan(12_000);
  });

  it('keeps bounded memory of a lease, however long it is watched', () => {
    const { track } = tell({ leases: (s) => [leaseAt(s, { owner: `worker-${s % 3}` })] }, 6_000);
    const lease = track.leases.get(shardIdOf(0));
    expect(lease?.places.length).toBeLessThanOrEqual(11);
    expect(lease?.ownerChangesMs.every((ms) => ms >= at(6_000 - 3_600))).toBe(true);
  });

  it('says nothing more of many things than of some, and how many there were', () => {
    const shards = Array.from({ length: 30 }, (_, i) => shardOf(i));
    const scene: Scene = {
      shards,
      leases: (s) => shards.map((_, i) => leaseAt(s, { owner: s < 60 ? 'a' : 'b' }, i)),
    };
    const { events } = tell(scene, 90);
    expect(events).toHaveLength(21);
    expect(events.at(-1)).toMatchObject({ kind: 'more', of: 'owner-changed', count: 10 });
  });

  it('never says that anything lasted for longer than it was watched', () => {
    const anyLease = fc.record({
      owner: fc.constantFrom('worker-1', 'worker-2', null),
      counter: fc.bigInt({ min: 0n, max: 3n }),
    });
    fc.assert(
      fc.property(fc.array(anyLease, { minLength: 1, maxLength: 20 }), (looks) => {
        const scene: Scene = { leases: (s) => [leaseAt(s, looks[s / 10] ?? {})] };
        const { track } = tell(scene, (looks.length - 1) * 10);
        const lease = track.leases.get(shardIdOf(0));
        for (const ms of [lease?.counterMovedMs, lease?.checkpointSeenMs]) {
          expect(ms).toBeGreaterThanOrEqual(at(0));
          expect(ms).toBeLessThanOrEqual(track.observedMs);
        }
        expect(lease?.seenMs).toBe(track.observedMs);
      }),
    );
  });
});
