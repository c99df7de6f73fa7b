import { expect, it } from 'vitest';
import { HASH_KEY_SPACE } from '#lib/domain/hash-key.ts';
import { engineFixture } from '#server/local-aws/engine/engine-fixture.ts';
import { engineClient } from './engine-client.ts';
import { Operator } from './operator.ts';

it('splits the shard of a stream in the middle when its time has come, once', async () => {
  const { engine, time } = engineFixture();
  engine.createStream({ streamName: 'orders', shardCount: 1 });
  const operator = new Operator(
    [{ streamName: 'orders', afterMs: 60_000 }],
    engineClient(engine),
    time.nowMs,
  );
  expect(operator.nextDueMs).toBe(time.nowMs + 60_000);
  time.nowMs = operator.nextDueMs;
  await operator.act();
  expect(operator.nextDueMs).toBe(Number.POSITIVE_INFINITY);

  const { shards } = engine.listShards({ streamName: 'orders' });
  expect(shards.map(({ parentShardId, range }) => [parentShardId, range.start])).toEqual([
    [null, 0n],
    ['shardId-000000000000', 0n],
    ['shardId-000000000000', HASH_KEY_SPACE / 2n],
  ]);
});

it('fails with what the service says, and does not try again', async () => {
  const { engine } = engineFixture();
  const operator = new Operator([{ streamName: 'none', afterMs: 0 }], engineClient(engine), 0);
  await expect(operator.act()).rejects.toMatchObject({ kind: 'not-found' });
  expect(operator.nextDueMs).toBe(Number.POSITIVE_INFINITY);
});
