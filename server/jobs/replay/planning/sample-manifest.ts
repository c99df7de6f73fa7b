import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { hashKeyOf } from '#lib/domain/hash-key-of.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import { sendableOf } from '#lib/domain/replay/buffer/sendable.ts';
import { type RecordExpression, RecordFilter } from '#lib/domain/replay/filter/record-filter.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import { type ArchiveSample, SampleBuilder } from '#lib/domain/replay/plan/sample.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { isReadWhole } from '#lib/domain/replay/transform/format.ts';
import { transformObject } from '#lib/domain/replay/transform/transform-object.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';
import type { ArchiveAccess } from './archive-access.ts';

/** Objects that are looked into, and how far: enough for the estimate's error to be some percent. */
const SAMPLED_OBJECTS_MAX = 24;
const SAMPLED_BYTES_MAX = 1_048_576;
/** Of objects that can only be read whole, all together; but for one, which is read however large it is. */
const WHOLE_BYTES_MAX = 64 * 1_048_576;

/** Of an object that is read in part no checksum can be seen, so nothing is held back for it. */
const LIMITS = { ...DECOMPRESS_LIMITS, heldBytesMax: 0 };

const UNREADABLE: ReadonlySet<AwsFailure['kind']> = new Set([
  'changed',
  'not-found',
  'needs-restore',
]);

/** Places that lie evenly over a manifest, all of them where there are few. */
export function sampledPlaces(objects: number): readonly number[] {
  const count = Math.min(objects, SAMPLED_OBJECTS_MAX);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * objects) / count));
}

/**
 * Decodes the beginnings of some objects as the replay would, and sends nothing: what passes is counted by the shard that
 * it would go to. What would go to quarantine is left out.
 * @param target ranges of its open shards, in their order
 * @throws AwsFailure, or the signal's reason
 */
export async function sampleManifest(
  archive: ArchiveAccess,
  objects: readonly ListedObject[],
  plan: {
    readonly settings: ReplaySettings;
    readonly expression: RecordExpression | null;
    readonly target: readonly HashRange[];
  },
  signal: AbortSignal,
): Promise<ArchiveSample> {
  const { settings, expression, target } = plan;
  const { sha256 } = NODE_DIGESTS;
  const builder = new SampleBuilder(target);
  const filter = new RecordFilter(settings.filter, { sha256, expression });
  const tools = { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits: LIMITS };
  let wholeBytes = 0;
  for (const [place, object] of objects.entries()) {
    const isWhole = isReadWhole(settings.transform.format);
    const storedBytes = isWhole ? object.bytes : Math.min(object.bytes, SAMPLED_BYTES_MAX);
    if (isWhole && wholeBytes > 0 && wholeBytes + storedBytes > WHOLE_BYTES_MAX) continue;
    wholeBytes += isWhole ? storedBytes : 0;
    const version = { bucket: settings.source.bucket, key: object.key, etag: object.etag };
    const stored = { ...version, storedBytes };
    let isBegun = false;
    try {
      const bytes = archive.read(object, storedBytes, signal);
      for await (const outcomes of transformObject(bytes, stored, settings.transform, tools)) {
        signal.throwIfAborted();
        if (!isBegun) builder.object(storedBytes);
        isBegun = true;
        for (const outcome of outcomes) {
          if (outcome.kind !== 'record') continue;
          if (filter.judge(outcome.record, version).kind !== 'kept') continue;
          const at = { object: place, playMs: 0 };
          builder.record(sendableOf(outcome.record, at, hashKeyOf, Buffer.byteLength));
        }
      }
    } catch (error) {
      // One that cannot be read tells nothing of the others; what becomes of it the replay itself will say.
      if (!(error instanceof AwsFailure && UNREADABLE.has(error.kind))) throw error;
    }
  }
  return builder.sample();
}
