import { ArchiveClock } from '#lib/domain/replay/plan/archive-clock.ts';
import {
  CHUNK_OBJECTS,
  type ListedObject,
  ManifestBuilder,
  type ManifestChunk,
  type ManifestProgress,
  type ManifestTotals,
} from '#lib/domain/replay/plan/manifest.ts';
import { SliceCutter } from '#lib/domain/replay/plan/slice-cutter.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { ArchiveAccess } from './archive-access.ts';

/** Where chunks are kept: a port, so that a million keys can be listed in a test without a database. */
export type ManifestStore = {
  /** Chunks that an earlier planner stored, in order. */
  stored(): AsyncIterable<ManifestChunk>;
  /** Keys that had been listed when the last of these was stored. */
  readonly listedBefore: number;
  /** @throws LeaseLost */
  add(chunk: ManifestChunk, progress: ManifestProgress): Promise<void>;
  progress(progress: ManifestProgress): Promise<void>;
};

export type ListedManifest = {
  readonly totals: ManifestTotals;
  readonly listed: number;
  readonly cutter: SliceCutter;
  /** What it takes at its own speed; null: no key tells a time. */
  readonly playMs: number | null;
};

/**
 * Lists an archive into a manifest, chunk by chunk: what is held at a time is one page and one chunk, however many keys
 * there are. Whoever comes after another planner goes through what that one stored, and goes on listing behind it.
 * @throws AwsFailure, LeaseLost, or the signal's reason
 */
export async function listManifest(
  archive: ArchiveAccess,
  { settings, pace }: { readonly settings: ReplaySettings; readonly pace: PaceSettings },
  store: ManifestStore,
  signal: AbortSignal,
): Promise<ListedManifest> {
  const { source, window } = settings;
  const builder = new ManifestBuilder(window, source.paddingMs);
  const cutter = new SliceCutter();
  const clock = new ArchiveClock(source.paddingMs, pace.idleGapMs);
  const count = ({ entries }: ManifestChunk) => {
    for (const { bytes, times } of entries) {
      cutter.add(bytes);
      clock.add(times);
    }
  };
  let lastKey: string | null = null;
  for await (const chunk of store.stored()) {
    signal.throwIfAborted();
    // The last one, of a planner that came to the end of the listing and no further: it is stored over.
    if (chunk.entries.length < CHUNK_OBJECTS) break;
    for (const object of chunk.entries) builder.add(object);
    count(chunk);
    lastKey = chunk.entries.at(-1)?.key ?? lastKey;
  }
  // Keys outside the window, which no chunk holds, and those that are listed once more.
  const passedBefore = Math.max(0, store.listedBefore - builder.progress.listed);
  const progress = (): ManifestProgress => ({
    objects: builder.progress.objects,
    listed: builder.progress.listed + passedBefore,
  });
  for await (const page of archive.list(lastKey, signal)) {
    signal.throwIfAborted();
    for (const object of page) {
      const chunk = builder.add(plain(object));
      if (chunk === null) continue;
      count(chunk);
      await store.add(chunk, progress());
    }
    await store.progress(progress());
  }
  // A listing that was let go of is not at its end.
  signal.throwIfAborted();
  const { chunk, totals } = builder.finish();
  const last = progress();
  if (chunk !== null) {
    count(chunk);
    await store.add(chunk, last);
  }
  return { totals, listed: last.listed, cutter, playMs: clock.playMs };
}

/** Only what a manifest has: adapters may give more. */
function plain({ key, versionId, etag, bytes, storageClass, times }: ListedObject): ListedObject {
  return { key, versionId, etag, bytes, storageClass, times };
}
