import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { LeaseHealth } from './application-health.ts';
import type { Lag } from './lag.ts';
import { observe } from './observe.ts';
import { type Probe, undecidedShards, withProbe } from './probe.ts';
import { surveyShards } from './shard-survey.ts';
import type { ApplicationTrack, LeaseTrack } from './track.ts';

const RECORD_MS = 1_700_000_000_000;
const SEEN_MS = RECORD_MS + 600_000;
const [SHARD] = [shardIdOf(0)];

const place = (recordMs: number) =>
  encodeSequenceNumber({
    shardCreatedSeconds: 1_600_000_000,
    recordSeconds: recordMs / 1000,
    shardIndex: 0,
    sequenceIndex: 1n,
  });

function applicationAt(sequenceNumber = place(RECORD_MS)): ApplicationTrack {
  const observation = {
    atMs: SEEN_MS,
    throughMs: SEEN_MS,
    counterIs: 'renewals' as const,
    leases: [
      {
        shardId: SHARD,
        owner: 'worker-1',
        checkpointOwner: null,
        counter: 1n,
        ownerSwitches: 0,
        checkpoint: { kind: 'sequence' as const, sequenceNumber, subSequenceNumber: 0n },
        hasPending: false,
        parentShardIds: [],
        childShardIds: [],
        throughputKBps: null,
      },
    ],
    unreadable: [],
    workers: null,
  };
  return observe(null, observation, surveyShards([], SEEN_MS)).track;
}

function trackIn(application: ApplicationTrack): LeaseTrack {
  const track = application.leases.get(SHARD);
  if (track === undefined) throw new Error('The lease is not followed');
  return track;
}

const UNDECIDED: Lag = {
  kind: 'interval',
  atLeastMs: 0,
  atMostMs: 600_000,
  asOfMs: SEEN_MS,
  method: 'standing',
};

describe('a probe', () => {
  const track = trackIn(applicationAt());
  const probe: Probe = {
    sequenceNumber: place(RECORD_MS),
    atMs: SEEN_MS - 10_000,
    unreadSinceMs: RECORD_MS + 90_000,
  };

  test('tells how long the oldest unread record has waited, or that there is none', () => {
    expect(withProbe(UNDECIDED, track, probe)).toEqual({
      kind: 'interval',
      atLeastMs: 500_000,
      atMostMs: 590_000,
      asOfMs: SEEN_MS - 10_000,
      method: 'probe',
    });
    expect(withProbe(UNDECIDED, track, { ...probe, unreadSinceMs: null })).toMatchObject({
      atLeastMs: 0,
      atMostMs: 0,
      method: 'probe',
    });
  });

  test('of another checkpoint, or of later than the lease was seen, tells nothing', () => {
    expect(withProbe(UNDECIDED, track, undefined)).toBe(UNDECIDED);
    const moved = { ...probe, sequenceNumber: place(RECORD_MS + 1_000) };
    expect(withProbe(UNDECIDED, track, moved)).toBe(UNDECIDED);
    expect(withProbe(UNDECIDED, track, { ...probe, atMs: SEEN_MS + 1 })).toBe(UNDECIDED);
  });

  test('never makes an interval that ends before it begins, whatever clocks say', () => {
    const instants = fc.integer({ min: RECORD_MS - 100_000, max: SEEN_MS + 100_000 });
    fc.assert(
      fc.property(instants, fc.option(instants), (atMs, unreadSinceMs) => {
        const lag = withProbe(UNDECIDED, track, { ...probe, atMs, unreadSinceMs });
        if (lag.kind !== 'interval') throw new Error('A probe made lag unknown');
        expect(lag.atLeastMs).toBeGreaterThanOrEqual(0);
        expect(lag.atMostMs).toBeGreaterThanOrEqual(lag.atLeastMs);
      }),
    );
  });
});

test('only shards of which nothing else tells are probed, the one that may be furthest behind first', () => {
  const application = applicationAt();
  const health = (lag: Lag) => [{ shardId: SHARD, lag } as LeaseHealth];
  const allowedMs = 60_000;
  expect(undecidedShards(health(UNDECIDED), application, allowedMs)).toMatchObject([
    { shardId: SHARD, sequenceNumber: place(RECORD_MS) },
  ]);
  const decided: readonly Lag[] = [
    { ...UNDECIDED, atLeastMs: 300_000 },
    { ...UNDECIDED, atMostMs: 10_000 },
    { kind: 'done' },
    { kind: 'unknown', reason: 'seen-once' },
  ];
  for (const lag of decided) {
    expect(undecidedShards(health(lag), application, allowedMs)).toEqual([]);
  }
});
