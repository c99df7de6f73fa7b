import { describe, expect, it } from 'vitest';
import type { ArchiveStore, FolderPage, ListPlace } from '#server/aws/archive-store.ts';
import { probeLayout } from '#server/aws/archive-walk.ts';
import { callBudget } from './call-budget.ts';
import type { OpenArchive } from './open-archive.ts';
import { evenlyOf, pickObjects } from './pick-objects.ts';
import { timelineOf } from './read-timeline.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BEGAN_MS = Date.UTC(2025, 10, 1);
const PAGE = 1_000;
const LIMITS = { callsMax: 120, msMax: 60_000 };

/** Keys of an archive with `perHour` objects in each of some hours, which are never all made. */
function keysBehind(after: string, prefix: string, days: number, perHour: number): string[] {
  const keys: string[] = [];
  for (let hour = 0; hour < days * 24 && keys.length <= PAGE; hour += 1) {
    const ms = BEGAN_MS + hour * HOUR_MS;
    const [y, mo, d, h] = new Date(ms).toISOString().split(/[-T:]/);
    const folder = `a/${y}/${mo}/${d}/${h}/`;
    if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) continue;
    if (`${folder}~` < after) continue;
    for (let n = 0; n < perHour && keys.length <= PAGE; n += 1) {
      const key = `${folder}part-${String(n).padStart(4, '0')}`;
      if (key > after && key.startsWith(prefix)) keys.push(key);
    }
  }
  return keys;
}

function archiveOf(days: number, perHour: number): OpenArchive & { calls(): number } {
  let calls = 0;
  const object = (key: string) => ({
    key,
    versionId: null,
    etag: key,
    bytes: 100,
    storageClass: 'STANDARD',
    lastModifiedMs: null,
  });
  const store: ArchiveStore = {
    async list({ prefix, startAfter }) {
      calls += 1;
      const keys = keysBehind(startAfter ?? '', prefix, days, perHour);
      const page = keys.slice(0, PAGE);
      return { objects: page.map(object), next: keys.length > PAGE ? (page.at(-1) ?? null) : null };
    },
    async listFolders({ prefix }: ListPlace): Promise<FolderPage> {
      calls += 1;
      const folders = new Set<string>();
      const objects: string[] = [];
      for (let day = 0; day < days; day += 1) {
        for (let hour = 0; hour < 24; hour += 1) {
          const ms = BEGAN_MS + day * DAY_MS + hour * HOUR_MS;
          const [y, mo, d, h] = new Date(ms).toISOString().split(/[-T:]/);
          const folder = `a/${y}/${mo}/${d}/${h}/`;
          if (!folder.startsWith(prefix)) continue;
          const rest = folder.slice(prefix.length);
          if (rest === '') objects.push(`${folder}part-0000`);
          else folders.add(prefix + rest.slice(0, rest.indexOf('/') + 1));
        }
      }
      return { objects: objects.map(object), folders: [...folders], next: null };
    },
    // biome-ignore lint/correctness/useYield: nothing is read here.
    async *read() {
      throw new Error('nothing is read here');
    },
  };
  return {
    store,
    source: { connection: 'c', bucket: 'b', prefix: 'a/', timeZone: 'UTC', paddingMs: 0 },
    zone: { toWall: (ms) => ms, fromWall: (wall) => wall },
    nowMs: () => BEGAN_MS,
    calls: () => calls,
  };
}

const signal = new AbortController().signal;

describe('a year of an archive', () => {
  it('is shown by its days, of which each is counted, with a bounded number of calls', async () => {
    const archive = archiveOf(365, 20);
    const timeline = await timelineOf(archive, null, callBudget(archive.store, LIMITS), signal);
    expect(archive.calls()).toBeLessThanOrEqual(LIMITS.callsMax + 10);
    expect(timeline.buckets).toHaveLength(365);
    expect(timeline.bucketMs).toBe(DAY_MS);
    expect(timeline.listing.isWhole).toBe(false);
    expect(timeline.listing.words).toMatch(/of 365 folders hold more/);
    const counted = timeline.buckets.flatMap(({ objects }, day) => (objects === null ? [] : [day]));
    expect(counted.length).toBeGreaterThan(60);
    // No part of the year looks empty because it is late.
    for (let month = 0; month < 12; month += 1) {
      expect(counted.some((day) => Math.floor(day / 31) === month)).toBe(true);
    }
    for (const { objects } of timeline.buckets) expect([null, 480]).toContain(objects);
  });

  it('is exact in a window that is small enough to be listed', async () => {
    const archive = archiveOf(365, 20);
    const window = { fromMs: BEGAN_MS + 100 * DAY_MS, toMs: BEGAN_MS + 103 * DAY_MS - 1 };
    const timeline = await timelineOf(archive, window, callBudget(archive.store, LIMITS), signal);
    expect(timeline.listing).toMatchObject({ isWhole: true, words: null });
    expect(timeline.objects).toBe(3 * 24 * 20);
    expect(timeline.bucketMs).toBe(HOUR_MS);
    expect(archive.calls()).toBeLessThan(12);
  });

  it('is sampled evenly, first and last among it', async () => {
    const archive = archiveOf(365, 200);
    const budget = callBudget(archive.store, LIMITS);
    const picked = await pickObjects(archive, { window: null, count: 5 }, budget, signal);
    const days = picked.map(({ times }) => ((times?.fromMs ?? 0) - BEGAN_MS) / DAY_MS);
    expect(days).toHaveLength(5);
    expect(days[0]).toBe(0);
    expect(days.at(-1)).toBeGreaterThan(364);
    for (const [n, day] of days.entries()) expect(Math.abs(day - 91 * n)).toBeLessThan(3);
    expect(archive.calls()).toBeLessThan(25);
  });

  it('has a layout', async () => {
    const { store, source } = archiveOf(2, 1);
    expect(await probeLayout(store, source, signal)).toEqual({ labels: ['', '', '', ''] });
    expect(await probeLayout(store, { ...source, prefix: 'nowhere/' }, signal)).toBeNull();
  });
});

it('what lies evenly', () => {
  expect(evenlyOf([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]);
  expect(evenlyOf([1, 2], 4)).toEqual([1, 2]);
  expect(evenlyOf([], 3)).toEqual([]);
});
