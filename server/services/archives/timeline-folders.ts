import { type FolderLayout, folderWall } from '#lib/domain/replay/plan/folder-layout.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { TimelineBucket } from '#lib/replay/view/archive.ts';
import type { CallBudget } from './call-budget.ts';
import { isWanted } from './is-wanted.ts';
import type { OpenArchive } from './open-archive.ts';
import { ClassSums } from './timeline-buckets.ts';

/** More than a picture shows apart: above, months are counted in place of days. */
const FOLDERS_MAX = 400;
/** Years lie in one folder, then 12 months in a year, 31 days in a month, 24 hours in a day. */
const CHILDREN_MAX = [1, 12, 31, 24];
const CALLS_AT_A_TIME = 8;

/** A folder of time, as far as it was counted. */
type Folder = {
  readonly prefix: string;
  readonly span: TimeSpan;
  readonly sums: ClassSums;
  /** Where its listing goes on; null: it is at its end. */
  after: string | null;
  isBegun: boolean;
  isWhole: boolean;
};

/**
 * An archive too large to be listed, by its folders: which there are is known by few calls, and what is in them is
 * counted as far as the budget goes, evenly over all of the time, so that no part of it looks empty because it is late.
 */
export async function countFolders(
  { source, zone }: OpenArchive,
  layout: FolderLayout,
  window: TimeSpan | null,
  budget: CallBudget,
  signal: AbortSignal,
): Promise<{ readonly folders: readonly Folder[]; readonly areAllKnown: boolean }> {
  const { bucket, prefix } = source;

  async function within(parents: readonly string[]): Promise<readonly string[]> {
    const found: string[][] = [];
    await eachOf([...parents.entries()], async ([place, parent]) => {
      if (budget.isSpent) return;
      const at = { bucket, prefix: parent, startAfter: null };
      const { folders } = await budget.store.listFolders(at, signal);
      found[place] = folders.filter((folder) => {
        const span = spanOf(folder);
        return span !== null && isWanted(span, window, source.paddingMs);
      });
    });
    return found.flat();
  }

  function spanOf(folder: string): TimeSpan | null {
    const wall = folderWall(folder.slice(prefix.length), layout);
    return wall === null ? null : zone.fromWall(wall);
  }

  let level = await within([prefix]);
  for (let depth = 1; depth < layout.labels.length && !budget.isSpent; depth += 1) {
    if (level.length * (CHILDREN_MAX[depth] ?? 1) > FOLDERS_MAX) break;
    level = await within(level);
  }
  const areAllKnown = !budget.isSpent;
  const folders = level.flatMap((folder): readonly Folder[] => {
    const span = spanOf(folder);
    const sums = new ClassSums();
    return span === null
      ? []
      : [{ prefix: folder, span, sums, after: null, isBegun: false, isWhole: false }];
  });
  await countAll(folders);
  return { folders, areAllKnown };

  async function countAll(all: readonly Folder[]): Promise<void> {
    let waiting = evenly(all);
    while (waiting.length > 0 && !budget.isSpent) {
      await eachOf(waiting, countPage);
      waiting = waiting.filter(({ isWhole }) => !isWhole);
    }
  }

  async function countPage(folder: Folder): Promise<void> {
    if (budget.isSpent) return;
    const place = { bucket, prefix: folder.prefix, startAfter: folder.after };
    const page = await budget.store.list(place, signal);
    for (const object of page.objects) folder.sums.add(object);
    folder.isBegun = true;
    folder.after = page.next;
    folder.isWhole = page.next === null;
  }
}

export function bucketOf({ span, sums, isBegun, isWhole }: Folder): TimelineBucket {
  const { objects, bytes } = sums.totals;
  return {
    fromMs: span.fromMs,
    toMs: span.toMs + 1,
    objects: isBegun ? objects : null,
    bytes: isBegun ? bytes : null,
    isWhole,
    classes: sums.sums(),
  };
}

/** In an order in which any first part of it lies evenly over all: halves, quarters, eighths... */
function evenly<T>(items: readonly T[]): readonly T[] {
  const bits = Math.ceil(Math.log2(Math.max(items.length, 1)));
  const ordered: T[] = [];
  for (let n = 0; n < 2 ** bits; n += 1) {
    let place = 0;
    for (let bit = 0; bit < bits; bit += 1) place = place * 2 + ((n >> bit) & 1);
    const item = items[place];
    if (item !== undefined) ordered.push(item);
  }
  return ordered;
}

/** Some at a time; the first failure is that of all. */
async function eachOf<T>(items: readonly T[], visit: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await visit(next.value);
  };
  await Promise.all(Array.from({ length: CALLS_AT_A_TIME }, worker));
}
