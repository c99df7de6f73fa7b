import { describe, expect, it } from 'vitest';
import {
  type ChosenShards,
  DRAFT_KINDS,
  type GoalDraft,
  newDraft,
  readDraft,
} from './goal-draft.ts';
import { goalOfInput } from './goal-input.ts';

const NONE: ChosenShards = { shardId: null, left: null, right: null };
const CHOSEN: ChosenShards = { shardId: 'b', left: 'a', right: null };

const read = (change: Partial<GoalDraft>, chosen = CHOSEN) =>
  readDraft({ ...newDraft('split-shard', 4), ...change }, chosen);

describe('readDraft', () => {
  it.each([
    [{}, { kind: 'split-shard', shardId: 'b', cut: { by: 'load-median' } }],
    [
      { cutBy: 'hash-key', cutAt: '0x10' },
      { kind: 'split-shard', shardId: 'b', cut: { by: 'hash-key', at: '16' } },
    ],
    [
      { kind: 'merge-shards', side: 'left' },
      { kind: 'merge-shards', shardIds: ['b', 'a'] },
    ],
    [
      { kind: 'scale-to-count', count: 7 },
      { kind: 'scale-to-count', count: 7 },
    ],
    [{ kind: 'scale-to-fit' }, { kind: 'scale-to-fit', headroom: 0.3 }],
    [{ kind: 'rebalance' }, { kind: 'rebalance', count: 4, slack: 0.05 }],
    [{ kind: 'merge-cold' }, { kind: 'merge-cold', useMax: 0.5 }],
    [
      { kind: 'isolate-key', key: 'a' },
      // MD5 of "a": 0cc175b9c0f1b6a831c399e269772661.
      { kind: 'isolate-key', at: String(0x0cc175b9c0f1b6a831c399e269772661n) },
    ],
    [
      { kind: 'isolate-key', keyIs: 'hash-key', key: '99' },
      { kind: 'isolate-key', at: '99' },
    ],
    [
      { kind: 'of-job', jobId: 7, layout: 'after' },
      { kind: 'of-job', jobId: 7, layout: 'after' },
    ],
    [
      { kind: 'boundaries', boundaries: '300, 0x10\n 20' },
      { kind: 'boundaries', boundaries: ['16', '20', '300'] },
    ],
  ] as const)('%o: %o', (change, goal) => {
    const draft = read(change);
    expect(draft.goal).toEqual(goal);
    if (draft.goal?.kind !== 'of-job') {
      expect(draft.goal && goalOfInput(draft.goal)).not.toBeNull();
    }
  });

  it.each([
    [{}, NONE],
    [{ kind: 'merge-shards' }, NONE],
    [{ kind: 'merge-shards', side: 'right' }, CHOSEN],
    [{ cutBy: 'hash-key', cutAt: 'x' }, CHOSEN],
    [{ kind: 'of-job' }, CHOSEN],
    [{ kind: 'isolate-key' }, CHOSEN],
    [{ kind: 'isolate-key', keyIs: 'hash-key', key: 'x' }, CHOSEN],
    [{ kind: 'boundaries', boundaries: '5 x' }, CHOSEN],
  ] as const)('says what is missing of %o', (change, chosen) => {
    expect(read(change, chosen)).toMatchObject({
      goal: null,
      missing: expect.stringMatching(/\.$/),
    });
  });

  it('has a draft for each kind', () => {
    for (const kind of DRAFT_KINDS) expect(newDraft(kind, 3)).toMatchObject({ kind, count: 3 });
  });
});

describe('goalOfInput', () => {
  it('refuses what is no hash key', () => {
    expect(goalOfInput({ kind: 'isolate-key', at: '0x10' })).toBeNull();
    expect(goalOfInput({ kind: 'boundaries', boundaries: ['5', '-1'] })).toBeNull();
    expect(
      goalOfInput({ kind: 'split-shard', shardId: 'a', cut: { by: 'hash-key', at: '' } }),
    ).toBeNull();
  });
});
