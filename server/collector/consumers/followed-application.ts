import type { ApplicationHealth } from '#lib/domain/consumers/application-health.ts';
import { type ApplicationSource, nameOfSource } from '#lib/domain/consumers/application-source.ts';
import type { MetricPoint } from '#lib/domain/consumers/metric-lag.ts';
import type { KeptObservation } from '#lib/domain/consumers/pack-observation.ts';
import type { Probe } from '#lib/domain/consumers/probe.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { ShardId } from '#lib/domain/shard.ts';

/** A consumer of a stream, as a collector remembers it from reading to reading. */
export type FollowedApplication = {
  readonly applicationId: number;
  readonly streamId: number;
  source: ApplicationSource;
  cadenceSeconds: number;
  /** null: not observed yet, or without leases. */
  track: ApplicationTrack | null;
  health: ApplicationHealth | null;
  failure: CollectionFailure | null;
  /** The observation that was stored last, and how many since the last whole one. */
  kept: KeptObservation | null;
  keptChanges: number;
  /** What was read after its checkpoints, by shard. */
  readonly probes: Map<ShardId, Probe>;
  /** What CloudWatch told of an application without leases, oldest first. */
  points: readonly MetricPoint[];
  /** End of the last period that was read of it; null: none yet. */
  readThroughMs: number | null;
  /** On the monotonic clock. */
  metricsDueAtMs: number;
  failuresInARow: number;
};

export type ApplicationKey = string;

export function applicationKey(streamId: number, source: ApplicationSource): ApplicationKey {
  return `${streamId}/${source.kind}/${nameOfSource(source)}`;
}

export function followApplication(
  of: Pick<FollowedApplication, 'applicationId' | 'streamId' | 'source' | 'cadenceSeconds'>,
  known: Partial<Pick<FollowedApplication, 'track' | 'health' | 'failure'>> = {},
): FollowedApplication {
  return {
    ...of,
    track: known.track ?? null,
    health: known.health ?? null,
    failure: known.failure ?? null,
    kept: null,
    keptChanges: 0,
    probes: new Map(),
    points: [],
    readThroughMs: null,
    metricsDueAtMs: Number.NEGATIVE_INFINITY,
    failuresInARow: 0,
  };
}
