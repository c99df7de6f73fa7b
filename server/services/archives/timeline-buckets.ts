import type { ListedObject, TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { TimeZone } from '#lib/domain/replay/plan/time-zone.ts';
import type { StorageClassSum, TimelineBucket } from '#lib/replay/view/archive.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Lengths that people count time in. */
const LENGTHS_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  28 * DAY_MS,
];
/** As many as a picture can show apart. */
const BUCKETS_MAX = 120;

/** What needs RestoreObject before it is read; GLACIER_IR does not. */
const NEEDS_RESTORE: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

export function needsRestore(storageClass: string): boolean {
  return NEEDS_RESTORE.has(storageClass);
}

/** Sums of objects by storage class, most bytes first. */
export class ClassSums {
  readonly #sums = new Map<string, { objects: number; bytes: number }>();

  add({ storageClass, bytes }: Pick<ListedObject, 'storageClass' | 'bytes'>): void {
    const sum = this.#sums.get(storageClass) ?? { objects: 0, bytes: 0 };
    this.#sums.set(storageClass, { objects: sum.objects + 1, bytes: sum.bytes + bytes });
  }

  get totals(): { readonly objects: number; readonly bytes: number } {
    let [objects, bytes] = [0, 0];
    for (const sum of this.#sums.values()) {
      objects += sum.objects;
      bytes += sum.bytes;
    }
    return { objects, bytes };
  }

  sums(): readonly StorageClassSum[] {
    return [...this.#sums]
      .map(([storageClass, sum]) => ({
        storageClass,
        ...sum,
        needsRestore: needsRestore(storageClass),
      }))
      .sort((a, b) => b.bytes - a.bytes);
  }
}

type Dated = Pick<ListedObject, 'bytes' | 'storageClass'> & { readonly times: TimeSpan };

/** Objects by when their oldest records arrived, in buckets of one length, of which those without objects are left out. */
export function bucketsOf(
  objects: readonly Dated[],
  zone: TimeZone,
): { readonly bucketMs: number; readonly buckets: readonly TimelineBucket[] } {
  const bucketMs = bucketLength(objects);
  const sums = new Map<number, ClassSums>();
  for (const object of objects) {
    const at = Math.floor(zone.toWall(object.times.fromMs) / bucketMs) * bucketMs;
    const sum = sums.get(at) ?? new ClassSums();
    sums.set(at, sum);
    sum.add(object);
  }
  const buckets = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([wallMs, sum]) => ({
      fromMs: instantOf(zone, wallMs),
      toMs: instantOf(zone, wallMs + bucketMs),
      ...sum.totals,
      isWhole: true,
      classes: sum.sums(),
    }));
  return { bucketMs, buckets };
}

function instantOf(zone: TimeZone, wallMs: number): number {
  return zone.fromWall({ fromMs: wallMs, toMs: wallMs }).fromMs;
}

/** The shortest that fits the picture, and is not finer than the keys are. */
function bucketLength(objects: readonly Dated[]): number {
  let [fromMs, toMs, grainMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { times } of objects) {
    fromMs = Math.min(fromMs, times.fromMs);
    toMs = Math.max(toMs, times.fromMs);
    grainMs = Math.max(grainMs, times.toMs - times.fromMs + 1);
  }
  const wanted = Math.max((toMs - fromMs) / BUCKETS_MAX, Math.min(grainMs, DAY_MS));
  return LENGTHS_MS.find((length) => length >= wanted) ?? 28 * DAY_MS;
}
