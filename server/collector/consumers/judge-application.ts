import { applicationSummary } from '#lib/domain/consumers/application-summary.ts';
import { evaluateApplication } from '#lib/domain/consumers/evaluate.ts';
import { lagFrameOf } from '#lib/domain/consumers/lag-frame.ts';
import type { LeaseObservation } from '#lib/domain/consumers/observation.ts';
import { observe } from '#lib/domain/consumers/observe.ts';
import { keptOf, packObservation } from '#lib/domain/consumers/pack-observation.ts';
import { packTrack } from '#lib/domain/consumers/pack-track.ts';
import { statusEvents } from '#lib/domain/consumers/status-events.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import type { TrackedStream } from '#server/collector/tracked-stream.ts';
import { packBytes, packHealth } from '#server/db/consumers/pack-health.ts';
import type { ConsumerCollection } from './consumer-collection.ts';
import type { FollowedApplication } from './followed-application.ts';
import type { Judged } from './write-judged.ts';

const HOUR_MS = 3_600_000;

/** After so many observations one is stored whole, so that those before it may be deleted. */
const CHANGES_MAX = 60;

/**
 * What an observation of an application with leases means, by what is remembered of it and what arrived at the stream.
 * Changes nothing: what it finds is to be stored first.
 * @returns null where the stream's shards are not known yet
 */
export async function judgeLeases(
  consumers: ConsumerCollection,
  application: FollowedApplication,
  stream: TrackedStream,
  observation: LeaseObservation,
): Promise<Judged | null> {
  const { collection, thresholds } = consumers;
  const { source } = application;
  if (source.kind !== 'kcl' && source.kind !== 'lifion') return null;
  const survey = await consumers.shards.surveyOf(stream);
  if (survey === null) return null;
  if (observation.leases.some(({ shardId }) => !survey.shards.has(shardId))) {
    consumers.lookInto(stream.summary.streamName);
  }
  const { track, events } = observe(application.track, observation, survey, thresholds);
  const arrivals = await consumers.arrivals.of(stream, oldestPlaceMs(track, collection.nowMs()));
  const health = evaluateApplication(
    {
      kind: source.kind,
      track,
      survey,
      arrivals,
      retentionMs: stream.summary.retentionHours * HOUR_MS,
      probes: application.probes,
    },
    thresholds,
    collection.nowMs(),
  );
  const kept = keptOf(observation);
  const isWhole = application.kept === null || application.keptChanges >= CHANGES_MAX;
  return {
    application,
    stream,
    atMs: observation.atMs,
    health,
    track,
    kept,
    keptChanges: isWhole ? 0 : application.keptChanges + 1,
    summary: { ...applicationSummary(health), throughput: null },
    packed: {
      track: await packBytes(packTrack(track)),
      health: await packHealth(health),
      observation: await packBytes(packObservation(kept, isWhole ? null : application.kept)),
    },
    events: [...events, ...statusEvents(application.health, health, observation.atMs)],
    lagFrame: lagFrameOf(health.leases),
  };
}

/** How far back anything unread may lie: the oldest place that a reader has not left behind. */
function oldestPlaceMs(track: ApplicationTrack, nowMs: number): number {
  let oldestMs = nowMs;
  for (const { recordMs, lease } of track.leases.values()) {
    if (recordMs !== null && lease.checkpoint.kind === 'sequence') {
      oldestMs = Math.min(oldestMs, recordMs);
    }
  }
  return oldestMs;
}
