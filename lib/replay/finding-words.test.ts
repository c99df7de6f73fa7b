import { describe, expect, it } from 'vitest';
import { REPLAY_ORDERS } from '#lib/domain/replay/buffer/sendable.ts';
import type { Refusal, Warning } from '#lib/domain/replay/plan/findings.ts';
import { paceFaultWords, refusalView, warningView } from './finding-words.ts';

const SHARDS = ['shardId-0', 'shardId-1', 'shardId-2', 'shardId-3', 'shardId-4'];

const REFUSALS: readonly Refusal[] = [
  { kind: 'nothing-to-replay', because: 'no-objects' },
  { kind: 'nothing-to-replay', because: 'all-filtered' },
  { kind: 'needs-restore', objects: 3, bytes: 2_048 },
  { kind: 'source-not-named' },
  { kind: 'target-not-active', status: 'UPDATING' },
  ...REPLAY_ORDERS.map((order) => ({ kind: 'order-needs-keys', order }) as const),
  { kind: 'pace', fault: 'needs-times' },
  { kind: 'pace', fault: 'needs-one-slice' },
  { kind: 'pace', fault: 'not-a-speed' },
  { kind: 'capacity-unknown', shards: [0, 1, 2, 3, 4] },
  { kind: 'no-capacity', shards: [4] },
];

const WARNINGS: readonly Warning[] = [
  { kind: 'loop' },
  { kind: 'one-shard', shard: 1, share: 0.75 },
  { kind: 'records-too-large', largestBytes: 2_097_152, maxBytes: 1_048_576 },
  { kind: 'undated', objects: 1 },
  { kind: 'keys-out-of-order', objects: 2 },
];

describe('what a plan found', () => {
  it.each([
    ...REFUSALS.map((refusal) => [refusal.kind, refusalView(refusal, SHARDS)] as const),
    ...WARNINGS.map((warning) => [warning.kind, warningView(warning, SHARDS)] as const),
  ])('says what %s is, what it means and what to do', (kind, view) => {
    expect(view.kind).toBe(kind);
    expect(view.title).not.toMatch(/[.!]$/);
    expect(view.words).toMatch(/\.$/);
    expect(view.todo).toMatch(/\.$/);
    expect(`${view.title}${view.words}${view.todo}`).not.toMatch(/undefined|NaN|null/);
  });

  it('names what it is about', () => {
    const words = (refusal: Refusal) => refusalView(refusal, SHARDS).words;
    expect(words({ kind: 'needs-restore', objects: 3, bytes: 2_048 })).toContain('3 objects');
    expect(words({ kind: 'capacity-unknown', shards: [0, 1, 2, 3, 4] })).toContain(
      'shardId-0, shardId-1, shardId-2 and 2 other shards',
    );
    expect(warningView({ kind: 'one-shard', shard: 1, share: 0.75 }, SHARDS).words).toContain(
      '75 % of the sample goes to shardId-1',
    );
    expect(paceFaultWords('needs-times')).toMatch(/when a record arrived.*Choose/);
  });
});
