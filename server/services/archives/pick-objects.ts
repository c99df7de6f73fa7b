import { type FolderLayout, listingBounds } from '#lib/domain/replay/plan/folder-layout.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import { probeLayout, type WalkedObject, walkArchive } from '#server/aws/archive-walk.ts';
import type { CallBudget } from './call-budget.ts';
import { isWanted } from './is-wanted.ts';
import type { OpenArchive } from './open-archive.ts';

/** A window that ends within so many pages is listed, and its objects are picked exactly. */
const PAGES_MAX = 2;

/**
 * Some objects that lie evenly over a window, the first and the last of it among them as far as that can be known
 * without listing all: in the order of their keys, none of them empty.
 */
export async function pickObjects(
  archive: OpenArchive,
  { window, count }: { readonly window: TimeSpan | null; readonly count: number },
  budget: CallBudget,
  signal: AbortSignal,
): Promise<readonly WalkedObject[]> {
  const { source } = archive;
  const layout = await probeLayout(budget.store, source, signal);
  const listed: WalkedObject[] = [];
  const isUsable = (object: WalkedObject) =>
    object.bytes > 0 && isWanted(object.times, window, source.paddingMs);
  let pages = 0;
  let isWhole = false;
  const range = { window, startAfter: null, layout };
  for await (const page of walkArchive(budget.store, source, range, signal)) {
    listed.push(...page.objects.filter(isUsable));
    pages += 1;
    isWhole = page.next === null;
    // A window may lie far behind, where nothing tells how far.
    if ((pages >= PAGES_MAX && listed.length > 0) || budget.isSpent) break;
  }
  if (isWhole || layout === null) return evenlyOf(listed, count);
  const last = await lastObject(archive, layout, window, budget, signal);
  const from = listed[0]?.times?.fromMs;
  const to = last?.times?.fromMs;
  if (last === null || from === undefined || to === undefined) return evenlyOf(listed, count);
  const picked = new Map(listed.slice(0, 1).map((object) => [object.key, object]));
  for (let n = 1; n < count - 1; n += 1) {
    const atMs = from + ((to - from) * n) / (count - 1);
    const found = await objectAfter(archive, layout, atMs, budget, signal);
    if (found !== null && isUsable(found)) picked.set(found.key, found);
  }
  if (isUsable(last)) picked.set(last.key, last);
  return [...picked.values()];
}

/** @example evenlyOf([1, 2, 3, 4, 5], 3) // [1, 3, 5] */
export function evenlyOf<T>(items: readonly T[], count: number): readonly T[] {
  const places = Array.from({ length: count }, (_, n) =>
    count === 1 ? 0 : Math.round(((items.length - 1) * n) / (count - 1)),
  );
  return [...new Set(places)].flatMap((place) => {
    const item = items[place];
    return item === undefined ? [] : [item];
  });
}

/** The first object of an hour (or a day) about `atMs`, or of what comes next. */
async function objectAfter(
  { source, zone }: OpenArchive,
  layout: FolderLayout,
  atMs: number,
  budget: CallBudget,
  signal: AbortSignal,
): Promise<WalkedObject | null> {
  const at = { fromMs: atMs, toMs: atMs };
  const { startAfter } = listingBounds(source.prefix, layout, at, 0, zone);
  const range = { window: null, startAfter, layout: null };
  for await (const page of walkArchive(budget.store, source, range, signal)) {
    return page.objects.find(({ bytes }) => bytes > 0) ?? null;
  }
  return null;
}

/** Down the last folder of each level; of a folder with more than a page of objects, one of the first thousand. */
async function lastObject(
  { source, zone }: OpenArchive,
  layout: FolderLayout,
  window: TimeSpan | null,
  budget: CallBudget,
  signal: AbortSignal,
): Promise<WalkedObject | null> {
  const { bucket, prefix, paddingMs } = source;
  const stopAt =
    window === null ? null : listingBounds(prefix, layout, window, paddingMs, zone).stopAt;
  let place = prefix;
  for (const _level of layout.labels) {
    const { folders } = await budget.store.listFolders(
      { bucket, prefix: place, startAfter: null },
      signal,
    );
    const last = folders.findLast((folder) => stopAt === null || folder < stopAt);
    if (last === undefined) break;
    place = last;
  }
  const range = { window: null, startAfter: null, layout: null };
  const within = { ...source, prefix: place };
  for await (const page of walkArchive(budget.store, within, range, signal)) {
    const usable = page.objects.filter(
      (object) => object.bytes > 0 && isWanted(object.times, window, paddingMs),
    );
    return usable.at(-1) ?? null;
  }
  return null;
}
