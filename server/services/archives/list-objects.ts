import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import type { ArchiveObjectPage, ArchiveObjectRow } from '#lib/replay/view/archive.ts';
import { probeLayout, type WalkedObject, walkArchive } from '#server/aws/archive-walk.ts';
import { callBudget } from './call-budget.ts';
import { isWanted } from './is-wanted.ts';
import { type ArchiveContext, openArchive } from './open-archive.ts';
import { needsRestore } from './timeline-buckets.ts';

const ROWS_MAX = 200;
/** Of an archive that is not laid out by time, a window may lie far behind. */
const LIMITS = { callsMax: 20, msMax: 8_000 };

/**
 * Objects that may hold records of a window, in the order of their keys, a page at a time. A page may be empty and not
 * the last, where the window lies further on.
 * @throws ServiceError, AwsFailure
 */
export async function listObjects(args: {
  ctx: ArchiveContext;
  input: {
    readonly source: ArchiveSource;
    readonly window: TimeSpan | null;
    /** `next` of the page before; null: the first page. */
    readonly after: string | null;
  };
  signal: AbortSignal | undefined;
}): Promise<ArchiveObjectPage> {
  const { source, window, after } = args.input;
  const archive = openArchive(args.ctx, source);
  const atMs = archive.nowMs();
  const signal = args.signal ?? new AbortController().signal;
  const budget = callBudget(archive.store, LIMITS);
  const layout = window === null ? null : await probeLayout(budget.store, source, signal);
  const objects: WalkedObject[] = [];
  const range = { window, startAfter: after, layout };
  for await (const page of walkArchive(budget.store, source, range, signal)) {
    for (const object of page.objects) {
      if (!isWanted(object.times, window, source.paddingMs)) continue;
      if (objects.length === ROWS_MAX) {
        return { atMs, objects: objects.map(rowOf), next: objects.at(-1)?.key ?? null };
      }
      objects.push(object);
    }
    if (budget.isSpent) return { atMs, objects: objects.map(rowOf), next: page.next };
  }
  return { atMs, objects: objects.map(rowOf), next: null };
}

function rowOf(object: WalkedObject): ArchiveObjectRow {
  const { key, bytes, etag, storageClass, times, lastModifiedMs } = object;
  const isArchived = needsRestore(storageClass);
  return { key, bytes, etag, storageClass, needsRestore: isArchived, times, lastModifiedMs };
}
