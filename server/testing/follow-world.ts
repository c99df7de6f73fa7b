import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import {
  type ApplicationSource,
  activityOfSource,
} from '#lib/domain/consumers/application-source.ts';
import { type ArrivalPart, arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import { type TableLayout, workersTableOf } from '#lib/domain/consumers/classify-table.ts';
import { evaluateApplication } from '#lib/domain/consumers/evaluate.ts';
import type { LeaseObservation, ObservedWorker } from '#lib/domain/consumers/observation.ts';
import { observe } from '#lib/domain/consumers/observe.ts';
import { type ShardSurvey, surveyShards } from '#lib/domain/consumers/shard-survey.ts';
import type { Thresholds } from '#lib/domain/consumers/thresholds.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import type { MetricSeries } from '#lib/domain/metric-series.ts';
import {
  firstOwnPeriod,
  lastPeriodEnd,
  type Settling,
  settledThrough,
} from '#lib/domain/settled-periods.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import { consumerMetricsOf } from '#server/collector/consumers/consumer-metrics.ts';
import { followTable } from '#server/collector/consumers/followed-table.ts';
import { scanTable } from '#server/collector/consumers/scan-table.ts';
import { observationsIn, workersIn } from '#server/collector/consumers/table-observations.ts';
import type { Endpoints } from '#server/config/config.ts';
import { embeddedConnectionTo, TEST_CONSUMERS } from './embedded-connection.ts';

/** What is long ago is asked for in longer periods, as the store keeps it. */
const LONG_PERIOD_SECONDS = 300;
const HOUR_MS = 3_600_000;

/** What has to be known of an embedded world to follow it; `startWorld` makes one. */
export type FollowableWorld = {
  readonly endpoints: Pick<Endpoints, 'kinesis' | 'cloudwatch'>;
  readonly engine: { nowMs(): number };
  readonly options: {
    readonly metrics: { readonly basePeriodMs: number; readonly delayMs: number };
  };
  readonly scenario: { readonly applications: readonly { readonly plan: FollowablePlan }[] };
  advanceTo(nowMs: number): Promise<void>;
};

type FollowablePlan = {
  readonly application: string;
  readonly library: string;
  readonly streamNames: readonly [string, ...string[]];
};

/** An application on one stream, as the collector would know it. */
export type Followed = {
  readonly application: string;
  readonly streamName: string;
  readonly observation: LeaseObservation;
  readonly track: ApplicationTrack;
  readonly health: ApplicationHealth;
};

type FollowedStream = {
  readonly survey: ShardSurvey;
  /** The same array as long as the shards are the same. */
  readonly shardIds: readonly ShardId[];
  readonly parts: ArrivalPart[];
  readonly retentionMs: number;
  readThroughMs: number;
};

/**
 * Follows all applications of a world whose clock stands still between rounds, by what the collector follows them with:
 * the adapters of AWS, over the wire, and the rules. Only its store and its waiting are left out, so that hours take
 * seconds. Streams have to have shard-level metrics.
 */
export class WorldFollower {
  readonly #world: FollowableWorld;
  readonly #thresholds: Thresholds;
  readonly #settling: Settling;
  readonly #aws: Aws;
  readonly #signal = new AbortController().signal;
  readonly #streams = new Map<string, FollowedStream>();
  #followed: ReadonlyMap<string, Followed> = new Map();

  constructor(world: FollowableWorld, thresholds: Thresholds) {
    this.#world = world;
    this.#thresholds = thresholds;
    const { basePeriodMs, delayMs } = world.options.metrics;
    this.#settling = { periodSeconds: basePeriodMs / 1_000, delaySeconds: delayMs / 1_000 };
    this.#aws = openAws(
      embeddedConnectionTo(world.endpoints, 'test', { endpoints: world.endpoints }),
    );
  }

  close(): void {
    this.#aws.close();
  }

  /** Moves the clock on, and looks at everything once. */
  async round(seconds: number): Promise<void> {
    await this.#world.advanceTo(this.#world.engine.nowMs() + seconds * 1_000);
    await this.look();
  }

  /** One collection round, as of the present. */
  async look(): Promise<void> {
    const { applications } = this.#world.scenario;
    const observed = await Promise.all(applications.map((one) => this.#observe(one)));
    const streamNames = new Set(observed.flat().map(({ streamName }) => streamName));
    await Promise.all([...streamNames].map((streamName) => this.#readStream(streamName)));
    const nowMs = this.#world.engine.nowMs();
    this.#followed = new Map(
      observed.flat().map((one) => [keyOf(one), this.#judge(one, nowMs)] as const),
    );
  }

  /** @throws Error for one that was not seen in the last round */
  of(application: string, streamName?: string): Followed {
    const found = [...this.#followed.values()].find(
      (one) =>
        one.application === application &&
        (streamName === undefined || one.streamName === streamName),
    );
    if (found === undefined) throw new Error(`No leases of ${application} were seen`);
    return found;
  }

  /** How a function is that reads a stream by one mapping, as of the present. */
  async functionHealth(functionName: string, streamName: string): Promise<ApplicationHealth> {
    const { streamArn, retentionHours } = await this.#aws.describeStream(streamName, this.#signal);
    const mappings = await this.#aws.consumers.listEventSourceMappings(streamArn, this.#signal);
    const mapping = mappings.find((one) => one.functionName === functionName);
    if (mapping === undefined) throw new Error(`Nothing feeds ${functionName}`);
    const { functionArn } = mapping;
    const source: ApplicationSource = {
      kind: 'lambda',
      functionName,
      functionArn,
      mappings: [{ ...mapping, consumerName: null }],
      alsoReads: [],
    };
    const nowMs = this.#world.engine.nowMs();
    const { periodSeconds } = this.#settling;
    const endMs = settledThrough(nowMs, this.#settling);
    const startMs = lastPeriodEnd(endMs - this.#thresholds.growthWindowMs, periodSeconds);
    const window = { startMs, endMs, periodSeconds };
    const lag = consumerMetricsOf(source, streamName)?.lag;
    const columns = await this.#aws.consumers.getMetrics(
      lag === undefined ? [] : [lag],
      window,
      this.#signal,
      () => undefined,
    );
    const points = [...(columns[0] ?? [])].flatMap((lagMs, i) =>
      Number.isNaN(lagMs) ? [] : { atMs: startMs + (i + 1) * periodSeconds * 1_000, lagMs },
    );
    const metric = { activity: activityOfSource(source), points };
    const retentionMs = retentionHours * HOUR_MS;
    return evaluateApplication({ kind: 'lambda', metric, retentionMs }, this.#thresholds, nowMs);
  }

  all(): readonly Followed[] {
    return [...this.#followed.values()];
  }

  async #observe({ plan }: { readonly plan: FollowablePlan }) {
    const { application, library, streamNames } = plan;
    const workers = library === 'kcl-3' ? await this.#reportedWorkers(application) : null;
    const table = tableOf(application, 'kcl');
    const scan = await scanTable(this.#collection(), table, this.#signal);
    return observationsIn(table, scan, workers).map(({ group, observation }) => ({
      application,
      streamName: group.stream?.streamName ?? streamNames[0],
      observation,
    }));
  }

  async #reportedWorkers(application: string): Promise<readonly ObservedWorker[]> {
    const table = tableOf(workersTableOf(application), 'workers');
    return workersIn(await scanTable(this.#collection(), table, this.#signal));
  }

  #collection() {
    return { aws: this.#aws, nowMs: () => this.#world.engine.nowMs() };
  }

  /** Its shards, and what arrived at them since it was read before. */
  async #readStream(streamName: string): Promise<void> {
    const shards = await this.#aws.listShards(streamName, this.#signal);
    const nowMs = this.#world.engine.nowMs();
    const { periodSeconds } = this.#settling;
    const before = this.#streams.get(streamName);
    const ids = shards.map(({ shardId }) => shardId);
    const isSame = before !== undefined && ids.join() === before.shardIds.join();
    const { createdAtMs, retentionHours } = await this.#aws.describeStream(
      streamName,
      this.#signal,
    );
    const fromMs = before?.readThroughMs ?? firstOwnPeriod(createdAtMs, periodSeconds);
    const stream: FollowedStream = {
      survey: surveyShards(shards, nowMs),
      shardIds: isSame ? before.shardIds : ids,
      parts: before?.parts ?? [],
      retentionMs: retentionHours * HOUR_MS,
      readThroughMs: fromMs,
    };
    this.#streams.set(streamName, stream);
    const toMs = settledThrough(nowMs, this.#settling);
    for (const window of windowsOf(fromMs, toMs, periodSeconds)) {
      stream.parts.push(...(await this.#readArrivals(streamName, stream.shardIds, window)));
      stream.readThroughMs = window.endMs;
    }
  }

  async #readArrivals(
    streamName: string,
    shardIds: readonly ShardId[],
    window: ReturnType<typeof windowsOf>[number],
  ): Promise<readonly ArrivalPart[]> {
    const series = (metric: 'IncomingRecords' | 'IncomingBytes') =>
      shardIds.map((shardId): MetricSeries => ({ streamName, shardId, metric }));
    const columns = await this.#aws.getMetrics(
      [...series('IncomingRecords'), ...series('IncomingBytes')],
      window,
      this.#signal,
    );
    const periodMs = window.periodSeconds * 1_000;
    const count = (window.endMs - window.startMs) / periodMs;
    const rowOf = (from: number, period: number) =>
      Float32Array.from(shardIds, (_, i) => columns[from + i]?.[period] ?? Number.NaN);
    return Array.from({ length: count }, (_, period) => ({
      startMs: window.startMs + period * periodMs,
      endMs: window.startMs + (period + 1) * periodMs,
      // What may still change is left for later.
      isSettled: true,
      shardIds,
      records: rowOf(0, period),
      bytes: rowOf(shardIds.length, period),
    }));
  }

  #judge(
    one: Pick<Followed, 'application' | 'streamName' | 'observation'>,
    nowMs: number,
  ): Followed {
    const stream = this.#streams.get(one.streamName);
    if (stream === undefined) throw new Error(`${one.streamName} was not read`);
    const before = this.#followed.get(keyOf(one))?.track ?? null;
    const { track } = observe(before, one.observation, stream.survey, this.#thresholds);
    const health = evaluateApplication(
      {
        kind: 'kcl',
        track,
        survey: stream.survey,
        arrivals: arrivalsOf(stream.parts),
        retentionMs: stream.retentionMs,
      },
      this.#thresholds,
      nowMs,
    );
    return { ...one, track, health };
  }
}

function keyOf({ application, streamName }: { application: string; streamName: string }): string {
  return `${application}/${streamName}`;
}

function tableOf(tableName: string, layout: TableLayout) {
  return followTable(tableName, layout, null, TEST_CONSUMERS, { binding: null, boundByHand: null });
}

/** Short periods up to the next long one, long ones as far as they go, and short ones up to the end. */
function windowsOf(fromMs: number, toMs: number, periodSeconds: number) {
  const longMs = LONG_PERIOD_SECONDS * 1_000;
  const longFromMs = Math.ceil(fromMs / longMs) * longMs;
  const longToMs = Math.floor(toMs / longMs) * longMs;
  const short = { periodSeconds };
  const windows =
    longToMs > longFromMs
      ? [
          { startMs: fromMs, endMs: longFromMs, ...short },
          { startMs: longFromMs, endMs: longToMs, periodSeconds: LONG_PERIOD_SECONDS },
          { startMs: longToMs, endMs: toMs, ...short },
        ]
      : [{ startMs: fromMs, endMs: toMs, ...short }];
  return windows.filter(({ startMs, endMs }) => endMs > startMs);
}
