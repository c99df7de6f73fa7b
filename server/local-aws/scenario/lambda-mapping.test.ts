import { beforeEach, describe, expect, it } from 'vitest';
import { CustomMetrics } from '#server/local-aws/cloudwatch/custom-metrics.ts';
import { type Engine, openEngine } from '#server/local-aws/engine/engine.ts';
import { WorldClock } from '#server/local-aws/world-clock.ts';
import { engineClient } from './engine-client.ts';
import type { ReadRecord } from './kinesis-client-port.ts';
import { LambdaFunctionRun } from './lambda-function.ts';
import type { LambdaMapping } from './lambda-mapping.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import { LambdaPoller } from './lambda-poller.ts';
import { LambdaSubscriber } from './lambda-subscriber.ts';
import { Operator } from './operator.ts';
import { runPast } from './run-actors.ts';
import { seededRandom } from './seeded-random.ts';
import { ServiceMetrics } from './service-metrics.ts';

const START_MS = 1_790_000_000_000;
const STREAM = 'docs';
const METRIC = { namespace: 'AWS/Lambda', dimensions: { FunctionName: 'f' } };

/** Remembers the texts of what it was called with. */
class RecordingRun extends LambdaFunctionRun {
  readonly seen: string[] = [];

  override invoke(records: readonly ReadRecord[], nowMs: number): number {
    this.seen.push(...records.map(({ data }) => Buffer.from(data).toString()));
    return super.invoke(records, nowMs);
  }
}

let clock: WorldClock;
let engine: Engine;
let metrics: CustomMetrics;
let sent: string[];

/** Ten keys a second, each with a number that grows. */
const producer = {
  name: 'producer',
  nextDueMs: START_MS,
  async act(nowMs: number) {
    producer.nextDueMs = nowMs + 1_000;
    const texts = Array.from({ length: 10 }, (_, key) => `key-${key} ${nowMs}`);
    sent.push(...texts);
    engine.putRecords({
      streamName: STREAM,
      records: texts.map((text) => ({
        partitionKey: text.split(' ')[0] ?? '',
        data: Buffer.from(text),
      })),
    });
  },
};

beforeEach(() => {
  clock = new WorldClock(START_MS);
  engine = openEngine({ clock, transitionMs: 0 });
  engine.createStream({ streamName: STREAM, shardCount: 1 });
  metrics = new CustomMetrics(5_000);
  sent = [];
  producer.nextDueMs = START_MS;
});

function planOf(consumerName: string | null, perRecordMs: number): LambdaPlan {
  return {
    functionName: 'f',
    description: '',
    streamName: STREAM,
    consumerName,
    batchSize: 25,
    durationMs: { fixed: 10, perRecord: perRecordMs },
    wave: () => 1,
  };
}

function mappingOf(kind: string, perRecordMs = 1): [LambdaMapping, RecordingRun] {
  const consumerName = kind === 'fan-out' ? 'c' : null;
  const plan = planOf(consumerName, perRecordMs);
  const run = new RecordingRun(plan, new ServiceMetrics(metrics, METRIC));
  const client = engineClient(engine);
  const common = { plan, run, client, random: seededRandom(1), fromMs: START_MS };
  if (consumerName === null) {
    return [new LambdaPoller(common), run];
  }
  const { streamArn } = engine.describeStreamSummary({ streamName: STREAM });
  const { consumerArn } = engine.registerStreamConsumer({ streamArn, consumerName });
  return [new LambdaSubscriber({ ...common, consumerArn }), run];
}

const ages = (fromMs: number) =>
  metrics
    .read({ ...METRIC, metricName: 'IteratorAge' }, fromMs, clock.nowMs() + 5_000, 5_000)
    .map(({ maximum }) => maximum);

describe.each(['polling', 'fan-out'])('an event source mapping by %s', (kind) => {
  it('gives the function every record once, in the order of its key, across a split and a move', async () => {
    const [mapping, run] = mappingOf(kind);
    const operator = new Operator(
      [{ streamName: STREAM, afterMs: 30_000 }],
      engineClient(engine),
      START_MS,
    );
    const actors = [producer, operator, mapping];
    await runPast(actors, clock, () => START_MS + 50_000);
    mapping.moveTo(engineClient(engine));
    // Longer than a subscription lives.
    await runPast(actors, clock, () => START_MS + 500_000);
    producer.nextDueMs = Number.POSITIVE_INFINITY;
    await runPast(actors, clock, () => START_MS + 510_000);

    expect([...run.seen].sort()).toEqual([...sent].sort());
    expect(run.indexedCount).toBe(10);
    for (let key = 0; key < 10; key += 1) {
      const of = (texts: readonly string[]) => texts.filter((t) => t.startsWith(`key-${key} `));
      expect(of(run.seen)).toEqual(of(sent));
    }
    expect(Math.max(...ages(START_MS + 60_000))).toBeLessThan(7_000);
  });

  it('falls behind where the function takes longer than records come, and tells so', async () => {
    const [mapping] = mappingOf(kind, 150);
    await runPast([producer, mapping], clock, () => START_MS + 120_000);
    const seen = ages(START_MS);
    expect(seen.at(-1)).toBeGreaterThan(20_000);
    expect(seen.at(-1)).toBeGreaterThan((seen[2] ?? 0) + 10_000);
  });
});
