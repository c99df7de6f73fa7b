import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { ReplayTarget } from '#lib/domain/replay/settings.ts';
import type { LayoutShard } from '#lib/domain/reshard/layout.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import { openShards } from '#lib/domain/topology.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { type LiveTraffic, readLiveTraffic } from './live-traffic.ts';

/** A connection, with AWS as it reaches it. */
export type TargetConnection = { readonly connection: Connection; readonly aws: Aws };

/** A stream as it is to be written to, asked of AWS just now. */
export type TargetLook = {
  readonly settings: StreamSettings;
  /** The open ones in order of hash keys. */
  readonly shards: readonly LayoutShard[];
  /** Null: nothing is known of what others write. */
  readonly live: LiveTraffic | null;
  /** From a request to its answer. */
  readonly roundTripMs: number;
};

/**
 * @param named by its name; by `streamArn` and `createdAtMs` too where it has to be just that stream
 * @returns null where there is none, or another one bears its name
 * @throws AwsFailure, or the signal's reason
 */
export async function lookAtTarget(
  database: Database,
  { connection, aws }: TargetConnection,
  named: { readonly streamName: string } & Partial<ReplayTarget>,
  signal: AbortSignal,
): Promise<TargetLook | null> {
  try {
    const begunAtMs = performance.now();
    const settings = await aws.describeSettings(named.streamName, signal);
    const roundTripMs = performance.now() - begunAtMs;
    const { streamArn = settings.streamArn, createdAtMs = settings.createdAtMs } = named;
    if (!isSameStream(settings, { streamArn, createdAtMs })) return null;
    // Of a stream that is being created, Kinesis lists none (ListShards: ResourceInUseException).
    const listed =
      settings.status === 'CREATING' ? [] : await aws.listShards(named.streamName, signal);
    const shards = openShards(listed);
    const target = { ...settings, connection: connection.name };
    const nowMs = Date.now() + aws.clockSkewMs();
    const live = await readLiveTraffic(database, target, shards, connection.metrics, nowMs);
    return { settings, shards, live, roundTripMs };
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'not-found') return null;
    throw error;
  }
}
