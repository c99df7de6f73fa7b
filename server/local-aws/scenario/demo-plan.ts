import type { ArchivePlan } from './archive-plan.ts';
import {
  auditPayload,
  clickPayload,
  documentChangedPayload,
  orderPayload,
} from './event-payload.ts';
import { type ConsumerPlan, planConsumer } from './kcl/consumer-plan.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import type { SplitPlan } from './operator.ts';
import type { Payload } from './payload.ts';
import { type Random, seededRandom, subSeed } from './seeded-random.ts';
import type { StreamPlan } from './stream-plan.ts';
import { TWEETS, tweetsPlan } from './tweets-plan.ts';
import { makeWave, type Wave, type WaveShape } from './wave.ts';
import { zipfShares } from './zipf.ts';

const DOCUMENTS = 'document-changed-stream';
const ORDERS = 'orders';
const CLICKS = 'clickstream';
const AUDIT = 'audit-log';
const CLICKS_CONSUMER = 'session-builder';
const DOCUMENT_RECORDS_PER_SECOND = 60;
const DOCUMENT_BYTES = 1_200;

/** What a whole account does: its streams, who writes to them, who reads them. */
export type ScenarioPlan = {
  readonly streams: readonly StreamPlan[];
  readonly consumers: readonly ConsumerPlan[];
  readonly splits: readonly SplitPlan[];
  readonly lambdas: readonly LambdaPlan[];
  readonly archives: readonly ArchivePlan[];
};

/** The demo: the same for the same seed and skew. */
export function demoPlan(seed: number, skew: number): ScenarioPlan {
  return {
    streams: [
      tweetsPlan(seed, skew),
      eventsPlan(seed, {
        streamName: DOCUMENTS,
        shardCount: 4,
        shardMetrics: true,
        retentionHours: 48,
        team: 'documents',
        costCentre: '4200',
        bytesPerSecond: DOCUMENT_RECORDS_PER_SECOND * DOCUMENT_BYTES,
        keyPrefix: 'doc',
        skew: 0.4,
        shape: { depth: 0.25, burst: 0.6 },
        payload: documentChangedPayload,
      }),
      eventsPlan(seed, {
        streamName: CLICKS,
        consumers: [CLICKS_CONSUMER],
        shardCount: null,
        shardMetrics: true,
        retentionHours: 24,
        team: 'web',
        environment: 'staging',
        costCentre: '4300',
        bytesPerSecond: 60_000,
        keyPrefix: 'visitor',
        skew: 0.2,
        shape: { depth: 0.3, burst: 1 },
        payload: clickPayload,
      }),
      eventsPlan(seed, {
        streamName: ORDERS,
        shardCount: 1,
        shardMetrics: true,
        retentionHours: 168,
        team: 'shop',
        costCentre: '4300',
        bytesPerSecond: 80_000,
        keyPrefix: 'customer',
        skew: 0.3,
        shape: { depth: 0.35, burst: 0.8 },
        payload: orderPayload,
      }),
      eventsPlan(seed, {
        streamName: AUDIT,
        shardCount: 1,
        shardMetrics: false,
        retentionHours: 24,
        team: 'security',
        // Nobody pays for it yet: such streams are what one looks for by tags.
        costCentre: null,
        bytesPerSecond: 900,
        keyPrefix: 'principal',
        skew: 0.8,
        shape: { depth: 0.3, burst: 1.5 },
        payload: auditPayload,
      }),
    ],
    consumers: [
      planConsumer({
        application: 'trends-worker',
        streamNames: [TWEETS],
        workerCount: 3,
        recordsPerSecond: 5_000,
      }),
      planConsumer({
        application: 'reports-worker',
        streamNames: [DOCUMENTS],
        library: 'kcl-3.5',
        workerCount: 2,
        recordsPerSecond: 3 * DOCUMENT_RECORDS_PER_SECOND,
      }),
      // Manages a little less than comes, on average: it catches up now and then, but never for good.
      planConsumer({
        application: 'quota-worker',
        streamNames: [DOCUMENTS],
        library: 'kcl-2',
        workerCount: 2,
        recordsPerSecond: 0.96 * DOCUMENT_RECORDS_PER_SECOND,
        wave: makeWave(seed, 'quota-worker', { depth: 0.14, burst: 0.25 }),
      }),
      // Written long ago, against a table that has little capacity and shows neither ranges nor children.
      planConsumer({
        application: 'order-billing',
        streamNames: [ORDERS],
        library: 'kcl-1',
        provisionedUnits: 10,
      }),
      // One table for two streams. One of its workers runs where capacity is cheap, and is taken away now and then.
      planConsumer({
        application: 'activity-feed',
        streamNames: [ORDERS, AUDIT],
        library: 'kcl-3',
        workerCount: 2,
        preparesCheckpoints: true,
        interruption: {
          worker: 1,
          afterMs: 30_000,
          everyMs: 10 * 60_000,
          forMs: 90_000,
        },
      }),
    ],
    lambdas: [
      {
        functionName: 'document-indexer',
        description: 'Keeps the newest change of each document in the search index',
        streamName: DOCUMENTS,
        consumerName: null,
        batchSize: 100,
        durationMs: { fixed: 60, perRecord: 9 },
        wave: makeWave(seed, 'document-indexer', { depth: 0.3, burst: 1.5 }),
      },
      {
        functionName: 'session-builder',
        description: 'Puts the clicks of each visitor together',
        streamName: CLICKS,
        consumerName: CLICKS_CONSUMER,
        batchSize: 200,
        durationMs: { fixed: 25, perRecord: 1 },
        wave: steady,
      },
    ],
    // So that one stream has a lineage: a closed parent, and children that go on from it.
    splits: [{ streamName: ORDERS, afterMs: 12 * 60_000 }],
    archives: [
      { streamName: DOCUMENTS, kinds: ['firehose', 'envelope'] },
      // So little is written to it that two more shapes cost the demo nothing to speak of.
      { streamName: AUDIT, kinds: ['lines', 'kpl'] },
    ],
  };
}

const steady: Wave = () => 1;

type EventsInput = {
  readonly streamName: string;
  /** Null for an on-demand stream. */
  readonly shardCount: number | null;
  readonly shardMetrics: boolean;
  readonly retentionHours: number;
  readonly consumers?: readonly string[];
  readonly team: string;
  /** 'production' where it is left out. */
  readonly environment?: string;
  readonly costCentre: string | null;
  readonly bytesPerSecond: number;
  readonly keyPrefix: string;
  readonly skew: number;
  readonly shape: WaveShape;
  readonly payload: (random: Random, key: string) => Payload;
};

const KEYS = 48;
const PAYLOADS_PER_KEY = 8;
/** Keys move in groups, so that shards do not all swing together. */
const WAVES = 5;

function eventsPlan(seed: number, input: EventsInput): StreamPlan {
  const { streamName, shardCount, keyPrefix } = input;
  const random = seededRandom(subSeed(seed, streamName));
  const waves = Array.from({ length: WAVES }, (_, i) =>
    makeWave(seed, `${streamName}/${i}`, input.shape),
  );
  const keys = zipfShares(KEYS, input.skew).map((share, i) => {
    const partitionKey = `${keyPrefix}-${1_000 + Math.floor(random() * 9_000)}`;
    return {
      partitionKey,
      bytesPerSecond: share * input.bytesPerSecond,
      wave: waves[i % WAVES] ?? steady,
      payloads: Array.from({ length: PAYLOADS_PER_KEY }, () => input.payload(random, partitionKey)),
    };
  });
  return {
    streamName,
    mode: shardCount === null ? 'ON_DEMAND' : 'PROVISIONED',
    shardCount,
    shardMetrics: input.shardMetrics,
    retentionHours: input.retentionHours,
    consumers: input.consumers ?? [],
    tags: {
      team: input.team,
      environment: input.environment ?? 'production',
      ...(input.costCentre !== null && { 'cost-centre': input.costCentre }),
    },
    producer: { streamName, batchMs: 1_000, keys },
  };
}

/** Nobody does anything. */
export const EMPTY_PLAN: ScenarioPlan = {
  streams: [],
  consumers: [],
  splits: [],
  lambdas: [],
  archives: [],
};
