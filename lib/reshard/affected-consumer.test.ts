import { describe, expect, it } from 'vitest';
import { type AffectedConsumerView, affectedWords, lagOfAffected } from './affected-consumer.ts';

const lag = {
  kind: 'interval',
  atLeastMs: 12_000,
  atMostMs: 15_000,
  asOfMs: 0,
  method: 'checkpoint',
} as const;

const view = (change: Partial<AffectedConsumerView>): AffectedConsumerView => ({
  applicationId: 1,
  connection: 'embedded',
  streamName: 'orders',
  kind: 'kcl',
  name: 'billing',
  observedAtMs: 0,
  inRange: { worst: lag, unknownCount: 0, holdingCount: 0 },
  lag,
  ...change,
});

describe('affectedWords', () => {
  it('tell how far it is behind where shards are closed', () => {
    expect(affectedWords(view({}), { closing: 2, merges: 1 })).toBe(
      'is 12–15 s behind at most in the 2 shards that are closed, and reads them to their end first.',
    );
    const caughtUp = { ...lag, atLeastMs: 0, atMostMs: 0 };
    expect(
      affectedWords(view({ inRange: { worst: caughtUp, unknownCount: 0, holdingCount: 0 } }), {
        closing: 1,
        merges: 0,
      }),
    ).toBe('is caught up in the 1 shard that is closed, and reads it to its end first.');
  });

  it('tell which merges wait for it, and what is not known', () => {
    const inRange = { worst: lag, unknownCount: 1, holdingCount: 2 };
    expect(affectedWords(view({ inRange }), { closing: 3, merges: 1 })).toMatch(
      /Of 1 of them its lag is not known\. Merges of 2 of them wait until it has caught up\.$/,
    );
    expect(affectedWords(view({ inRange }), { closing: 3, merges: 0 })).not.toContain('wait');
    expect(
      affectedWords(view({ inRange: { worst: null, unknownCount: 1, holdingCount: 0 } }), {
        closing: 1,
        merges: 0,
      }),
    ).toBe(
      'reads it to its end first; how far it is behind in the 1 shard that is closed is not known.',
    );
  });

  it('tell of those without leases as of the whole stream', () => {
    expect(affectedWords(view({ inRange: null }), { closing: 1, merges: 0 })).toBe(
      'is 12–15 s behind, told of the stream as a whole: its kind keeps no leases.',
    );
    const unread = view({ inRange: null, lag: null });
    expect(affectedWords(unread, { closing: 1, merges: 0 })).toContain('not read yet');
    expect(lagOfAffected(unread)).toBeNull();
    expect(lagOfAffected(view({}))).toBe(lag);
  });
});
