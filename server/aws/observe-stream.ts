import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { Observation } from '#lib/domain/reshard/job/reconcile.ts';
import {
  boundariesOf,
  type Layout,
  layoutFingerprint,
  readLayout,
} from '#lib/domain/reshard/layout.ts';
import type { StreamIdentity } from '#lib/domain/stream.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import type { Aws } from './open-aws.ts';

/** The stream as AWS tells it now. `layout` is there where it is ACTIVE and its shards cover the ring. */
export type Look = {
  readonly seen: Omit<Observation, 'atMs' | 'unchangedSinceMs'>;
  readonly layout: Layout | null;
};

/**
 * Describes the stream, lists its shards, and describes it once more: shards that were listed while a change began or
 * ended are not believed.
 * @returns null where the stream is gone, or another one bears its name
 * @throws AwsFailure
 */
export async function observeStream(
  aws: Pick<Aws, 'describeSettings' | 'listShards'>,
  stream: StreamIdentity & { readonly streamName: string },
  signal: AbortSignal,
): Promise<Look | null> {
  try {
    const before = await aws.describeSettings(stream, signal);
    if (!isSameStream(before, stream)) return null;
    if (before.status !== 'ACTIVE') return notActive(before);
    const shards = await aws.listShards(stream.streamName, signal);
    const after = await aws.describeSettings(stream, signal);
    if (!isSameStream(after, stream)) return null;
    if (after.status !== 'ACTIVE') return notActive(after);
    const { status, mode } = after;
    const read = readLayout(shards);
    if (!read.ok) {
      const fingerprint = `fault at ${read.firstFault}`;
      return { seen: { status, mode, layout: read, fingerprint }, layout: null };
    }
    const { layout } = read;
    return {
      seen: {
        status,
        mode,
        layout: { ok: true, boundaries: boundariesOf(layout) },
        fingerprint: layoutFingerprint(layout, stream.createdAtMs),
      },
      layout,
    };
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'not-found') return null;
    throw error;
  }
}

function notActive({ status, mode }: Pick<Observation, 'status' | 'mode'>): Look {
  return { seen: { status, mode, layout: null, fingerprint: '' }, layout: null };
}
