import { expect, it } from 'vitest';
import { openEngine } from '#server/local-aws/engine/engine.ts';
import { WorldClock } from '#server/local-aws/world-clock.ts';
import { engineClient } from './engine-client.ts';
import { openLambda } from './open-lambda.ts';
import { runPast } from './run-actors.ts';

const START_MS = 1_790_000_000_000;
const STREAM = 'orders';

it('reads nothing while it is disabled, and then all that came meanwhile', async () => {
  const clock = new WorldClock(START_MS);
  const engine = openEngine({ clock, transitionMs: 0 });
  engine.createStream({ streamName: STREAM, shardCount: 1 });
  const lambda = openLambda({
    plan: {
      functionName: 'indexer',
      description: '',
      streamName: STREAM,
      consumerName: null,
      batchSize: 100,
      durationMs: { fixed: 10, perRecord: 0 },
      wave: () => 1,
    },
    engine,
    client: engineClient(engine),
    metrics: { put: () => undefined },
    seed: 1,
    fromMs: START_MS,
  });
  const run = (seconds: number) => {
    const untilMs = clock.nowMs() + seconds * 1_000;
    return runPast([lambda.actor], clock, () => untilMs);
  };
  const put = (partitionKey: string) =>
    engine.putRecords({ streamName: STREAM, records: [{ partitionKey, data: Buffer.from('x') }] });

  put('first');
  await run(5);
  expect(lambda.actor.run.indexedCount).toBe(1);
  lambda.actor.isEnabled = false;
  expect(lambda.describeMapping().state).toBe('Disabled');
  put('second');
  // An iterator does not live so long.
  await run(600);
  put('third');
  expect(lambda.actor.run.indexedCount).toBe(1);
  lambda.actor.isEnabled = true;
  await run(5);
  expect(lambda.actor.run.indexedCount).toBe(3);
});
