import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import type { ArchiveTimeline, TimelineBucket } from '#lib/replay/view/archive.ts';
import { probeLayout, type WalkedObject, walkArchive } from '#server/aws/archive-walk.ts';
import { type CallBudget, callBudget } from './call-budget.ts';
import { isWanted } from './is-wanted.ts';
import { type ArchiveContext, type OpenArchive, openArchive } from './open-archive.ts';
import { bucketsOf, ClassSums } from './timeline-buckets.ts';
import { bucketOf, countFolders } from './timeline-folders.ts';

/** Ten thousand keys are listed in a second or two, and exactly; beyond, by folders. */
const PAGES_MAX = 10;
const LIMITS = { callsMax: 120, msMax: 8_000 };

type Part = Omit<ArchiveTimeline, 'atMs' | 'listing' | 'times'> & { readonly words: string | null };

/**
 * What an archive holds by time, for a person to choose from. At most about LIMITS, whatever its size: what was not
 * counted is said.
 * @throws ServiceError; AwsFailure where S3 refuses, which names the permission
 */
export async function readTimeline(args: {
  ctx: ArchiveContext;
  input: { readonly source: ArchiveSource; readonly window: TimeSpan | null };
  signal: AbortSignal | undefined;
}): Promise<ArchiveTimeline> {
  const { source, window } = args.input;
  const archive = openArchive(args.ctx, source);
  const signal = args.signal ?? new AbortController().signal;
  return timelineOf(archive, window, callBudget(archive.store, LIMITS), signal);
}

/** @param budget over the archive's own store */
export async function timelineOf(
  archive: OpenArchive,
  window: TimeSpan | null,
  budget: CallBudget,
  signal: AbortSignal,
): Promise<ArchiveTimeline> {
  const { source } = archive;
  const atMs = archive.nowMs();
  const layout = await probeLayout(budget.store, source, signal);
  const listed: WalkedObject[] = [];
  let next: string | null = null;
  let pages = 0;
  const range = { window, startAfter: null, layout };
  for await (const page of walkArchive(budget.store, source, range, signal)) {
    for (const object of page.objects) {
      if (isWanted(object.times, window, source.paddingMs)) listed.push(object);
    }
    next = page.next;
    pages += 1;
    if (pages === PAGES_MAX || budget.isSpent) break;
  }
  const part =
    next === null || layout === null
      ? listedPart(listed, archive.zone, next)
      : folderPart(await countFolders(archive, layout, window, budget, signal));
  const { words, ...shown } = part;
  const [first, last] = [shown.buckets[0], shown.buckets.at(-1)];
  return {
    atMs,
    ...shown,
    times:
      first === undefined || last === undefined
        ? null
        : { fromMs: first.fromMs, toMs: last.toMs - 1 },
    listing: { keys: budget.keys, calls: budget.calls, isWhole: words === null, words },
  };
}

function listedPart(
  objects: readonly WalkedObject[],
  zone: Parameters<typeof bucketsOf>[1],
  next: string | null,
): Part {
  const dated = objects.flatMap((object) =>
    object.times === null ? [] : [{ ...object, times: object.times }],
  );
  const undated = objects.filter(({ times }) => times === null);
  const sums = new ClassSums();
  for (const object of objects) sums.add(object);
  return {
    ...bucketsOf(dated, zone),
    undated: {
      objects: undated.length,
      bytes: undated.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    classes: sums.sums(),
    ...sums.totals,
    words:
      next === null
        ? null
        : `Only the first ${objects.length.toLocaleString('en-US')} objects are shown, up to ${next}: the archive is not laid out in folders by time (year/month/day), so that what comes behind cannot be seen without listing all of it. A plan lists all of it.`,
  };
}

function folderPart({ folders, areAllKnown }: Awaited<ReturnType<typeof countFolders>>): Part {
  const buckets: readonly TimelineBucket[] = folders.map(bucketOf);
  const classes = new Map<string, ArchiveTimeline['classes'][number]>();
  for (const one of buckets.flatMap((bucket) => bucket.classes)) {
    const sum = classes.get(one.storageClass);
    classes.set(one.storageClass, {
      ...one,
      objects: one.objects + (sum?.objects ?? 0),
      bytes: one.bytes + (sum?.bytes ?? 0),
    });
  }
  const partial = buckets.filter(({ isWhole }) => !isWhole).length;
  const words = [
    ...(areAllKnown ? [] : ['Not all folders of the archive were found within the time there is.']),
    ...(partial === 0
      ? []
      : [
          `${partial} of ${buckets.length} folders hold more than was counted: what is shown of them is the least there is. A plan lists all of them.`,
        ]),
  ];
  return {
    bucketMs: Math.max(...buckets.map(({ fromMs, toMs }) => toMs - fromMs), 0),
    buckets,
    undated: { objects: 0, bytes: 0 },
    classes: [...classes.values()].sort((a, b) => b.bytes - a.bytes),
    objects: buckets.reduce((sum, { objects }) => sum + (objects ?? 0), 0),
    bytes: buckets.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    words: words.length === 0 ? null : words.join(' '),
  };
}
