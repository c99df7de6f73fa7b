import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import { activityOfSource } from '#lib/domain/consumers/application-source.ts';
import { applicationSummary } from '#lib/domain/consumers/application-summary.ts';
import { evaluateApplication } from '#lib/domain/consumers/evaluate.ts';
import type { LagFrame } from '#lib/domain/consumers/lag-frame.ts';
import type { MetricPoint } from '#lib/domain/consumers/metric-lag.ts';
import { statusEvents } from '#lib/domain/consumers/status-events.ts';
import type { MetricWindow } from '#lib/domain/metric-series.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { packHealth } from '#server/db/consumers/pack-health.ts';
import type { StoredSummary } from '#server/db/schema.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import type { FollowedApplication } from './followed-application.ts';
import type { Judged } from './write-judged.ts';

const HOUR_MS = 3_600_000;

/** Of so much of the past points are remembered: a trend is told by them. */
const POINTS_KEEP_MS = 2 * HOUR_MS;

/** What CloudWatch told of an application in `window`: a value for each period, NaN where there was no datapoint. */
export type ConsumerColumns = {
  readonly lag: Float32Array;
  readonly records: Float32Array | null;
  readonly bytes: Float32Array | null;
};

/** What metrics of an application without leases mean. Changes nothing: what it finds is to be stored first. */
export async function judgeMetrics(
  { collection, thresholds }: ConsumerCollection,
  application: FollowedApplication,
  stream: TrackedStream,
  window: MetricWindow,
  columns: ConsumerColumns,
): Promise<{ readonly judged: Judged; readonly points: readonly MetricPoint[] } | null> {
  const { source } = application;
  if (source.kind === 'kcl' || source.kind === 'lifion') return null;
  const nowMs = collection.nowMs();
  const points = [...application.points, ...pointsIn(window, columns.lag)].filter(
    ({ atMs }) => atMs >= nowMs - POINTS_KEEP_MS,
  );
  const health = evaluateApplication(
    {
      kind: source.kind,
      metric: { activity: activityOfSource(source), points },
      retentionMs: stream.summary.retentionHours * HOUR_MS,
    },
    thresholds,
    nowMs,
  );
  const judged: Judged = {
    application,
    stream,
    atMs: nowMs,
    health,
    track: null,
    kept: null,
    keptChanges: 0,
    summary: { ...applicationSummary(health), throughput: throughputIn(window, columns) },
    packed: { track: null, health: await packHealth(health), observation: null },
    events: statusEvents(application.health, health, nowMs),
    lagFrame: wholeFrame(health),
  };
  return { judged, points };
}

function pointsIn(window: MetricWindow, lag: Float32Array): readonly MetricPoint[] {
  const periodMs = window.periodSeconds * 1000;
  return [...lag].flatMap((lagMs, i) =>
    Number.isNaN(lagMs) ? [] : { atMs: window.startMs + (i + 1) * periodMs, lagMs },
  );
}

/** Of the newest period that has a datapoint; null where none has. */
function throughputIn(
  { startMs, periodSeconds }: MetricWindow,
  { records, bytes }: ConsumerColumns,
): StoredSummary['throughput'] {
  const length = Math.max(records?.length ?? 0, bytes?.length ?? 0);
  for (let i = length - 1; i >= 0; i -= 1) {
    const rate = (column: Float32Array | null) => {
      const value = column?.[i] ?? Number.NaN;
      return Number.isNaN(value) ? null : value / periodSeconds;
    };
    const [recordsPerSecond, bytesPerSecond] = [rate(records), rate(bytes)];
    if (recordsPerSecond === null && bytesPerSecond === null) continue;
    const atMs = startMs + (i + 1) * periodSeconds * 1000;
    return { recordsPerSecond, bytesPerSecond, atMs, periodSeconds };
  }
  return null;
}

/** An application that is known as a whole only has one entry, under the first shard there can be. */
function wholeFrame({ status, lag }: ApplicationHealth): LagFrame {
  const isKnown = lag.kind === 'interval';
  return [
    {
      shardId: shardIdOf(0),
      status,
      atLeastSeconds: isKnown ? lag.atLeastMs / 1000 : Number.NaN,
      atMostSeconds: isKnown ? lag.atMostMs / 1000 : Number.NaN,
    },
  ];
}
