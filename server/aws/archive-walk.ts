import {
  type FolderLayout,
  folderLabel,
  listingBounds,
} from '#lib/domain/replay/plan/folder-layout.ts';
import { keyTimes } from '#lib/domain/replay/plan/key-times.ts';
import type { ListedObject, TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import { type TimeZone, timeZoneOf } from '#lib/domain/replay/plan/time-zone.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import type { ArchiveStore } from './archive-store.ts';

export type WalkedObject = ListedObject & { readonly lastModifiedMs: number | null };

export type WalkedPage = {
  readonly objects: readonly WalkedObject[];
  /** `startAfter` by which whoever was stopped goes on; null: there is no more. */
  readonly next: string | null;
};

/** Days at least: a month's folder could not be told from anything else of two digits. */
const DEPTH_MIN = 3;
const DEPTH_MAX = 4;

/**
 * How the folders of an archive's time are named, by the first folders of each level.
 * @returns null where something else lies beside them, so that nothing can be left out of a listing
 * @throws AwsFailure, or the signal's reason
 */
export async function probeLayout(
  store: ArchiveStore,
  { bucket, prefix }: ArchiveSource,
  signal: AbortSignal,
): Promise<FolderLayout | null> {
  const labels: string[] = [];
  let place = prefix;
  while (labels.length < DEPTH_MAX) {
    const level = await store.listFolders({ bucket, prefix: place, startAfter: null }, signal);
    const names = level.folders.map((folder) => folder.slice(place.length));
    // A marker that consoles make for a folder itself holds no record.
    const files = level.objects.filter(({ key, bytes }) => key !== place || bytes > 0);
    const label = files.length === 0 ? folderLabel(names, labels.length) : null;
    if (label === null) break;
    labels.push(label);
    place = level.folders[0] ?? place;
  }
  return labels.length < DEPTH_MIN ? null : { labels };
}

/**
 * The objects of an archive that may hold records of a window, in the order of their keys, by pages: only what lies in
 * folders of that time is listed, where the archive is laid out by them.
 * @param window null: all of it @param startAfter where an earlier walk was stopped; null: from the beginning
 * @param layout as probed; null: none
 * @throws AwsFailure, or the signal's reason
 */
export async function* walkArchive(
  store: ArchiveStore,
  source: ArchiveSource,
  { window, startAfter, layout }: WalkRange,
  signal: AbortSignal,
): AsyncGenerator<WalkedPage, void> {
  const { bucket, prefix } = source;
  const zone = zoneOf(source);
  const bounds =
    window === null || layout === null
      ? null
      : listingBounds(prefix, layout, window, source.paddingMs, zone);
  let after = later(startAfter, bounds?.startAfter ?? null);
  for (;;) {
    const page = await store.list({ bucket, prefix, startAfter: after }, signal);
    const objects = page.objects
      .filter(({ key }) => bounds === null || key < bounds.stopAt)
      .map((object) => ({ ...object, times: keyTimes(object.key, zone) }));
    const isBeyond = objects.length < page.objects.length;
    yield { objects, next: isBeyond ? null : page.next };
    if (isBeyond || page.next === null) return;
    after = page.next;
  }
}

type WalkRange = {
  readonly window: TimeSpan | null;
  readonly startAfter: string | null;
  readonly layout: FolderLayout | null;
};

/** @throws Error for a name that was not looked at before it was accepted */
export function zoneOf({ timeZone }: Pick<ArchiveSource, 'timeZone'>): TimeZone {
  const zone = timeZoneOf(timeZone);
  if (zone === null) throw new Error(`There is no time zone ${timeZone}.`);
  return zone;
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
