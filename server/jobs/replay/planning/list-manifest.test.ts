import { expect, it } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type {
  ListedObject,
  ManifestChunk,
  ManifestProgress,
} from '#lib/domain/replay/plan/manifest.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { ArchiveAccess } from './archive-access.ts';
import { listManifest, type ManifestStore } from './list-manifest.ts';

const HOUR_MS = 3_600_000;
const KEYS_PER_PAGE = 1_000;
const SIGNAL = new AbortController().signal;

function objectAt(i: number): ListedObject {
  const fromMs = i * 1_000;
  return {
    key: `a/${String(i).padStart(9, '0')}`,
    versionId: null,
    etag: `e${i}`,
    bytes: 100 + (i % 7),
    storageClass: 'STANDARD',
    times: { fromMs, toMs: fromMs + 999 },
  };
}

/** Makes its keys as they are asked for. @param breaksAt the listing fails behind this key, once */
function archiveOf(keys: number, breaksAt: number | null = null): ArchiveAccess {
  let isWhole = breaksAt === null;
  return {
    async *list(startAfter) {
      const first = startAfter === null ? 0 : Number(startAfter.slice(2)) + 1;
      for (let at = first; at < keys; at += KEYS_PER_PAGE) {
        if (!isWhole && breaksAt !== null && at >= breaksAt) {
          isWhole = true;
          throw new Error('cut off');
        }
        const count = Math.min(KEYS_PER_PAGE, keys - at);
        yield Array.from({ length: count }, (_, i) => objectAt(at + i));
      }
    },
    // Nothing is read of it.
    async *read() {},
  };
}

function runOf(window: ReplaySettings['window']) {
  const settings = { source: { paddingMs: 0 }, window } as unknown as ReplaySettings;
  return { settings, pace: NEW_DRAFT.pace };
}

class MemoryStore implements ManifestStore {
  readonly chunks = new Map<number, ManifestChunk>();
  told: ManifestProgress[] = [];
  listedBefore = 0;

  async *stored() {
    yield* [...this.chunks.values()];
  }

  async add(chunk: ManifestChunk, progress: ManifestProgress): Promise<void> {
    this.chunks.set(chunk.first, chunk);
    await this.progress(progress);
  }

  async progress(progress: ManifestProgress): Promise<void> {
    this.told.push(progress);
    this.listedBefore = progress.listed;
  }
}

it('lists what meets the window, and says how far it is', async () => {
  const store = new MemoryStore();
  const window = { fromMs: HOUR_MS, toMs: 2 * HOUR_MS - 1 };
  const made = await listManifest(archiveOf(10_000), runOf(window), store, SIGNAL);
  expect(made).toMatchObject({ listed: 10_000, playMs: HOUR_MS - 1 });
  expect(made.totals).toMatchObject({ objects: 3_600, times: window });
  expect([...store.chunks.keys()]).toEqual([0, 1_000, 2_000, 3_000]);
  expect(store.told.at(-1)).toEqual({ listed: 10_000, objects: 3_600 });
  expect(made.cutter.cut(2)).toHaveLength(2);
});

it.each([1_000, 2_500, 5_000])(
  'comes to the same after it broke off behind %i keys',
  async (breaksAt) => {
    const window = { fromMs: 500_000, toMs: 4_600_000 };
    const whole = new MemoryStore();
    const once = await listManifest(archiveOf(5_500), runOf(window), whole, SIGNAL);
    const store = new MemoryStore();
    const archive = archiveOf(5_500, breaksAt);
    await expect(listManifest(archive, runOf(window), store, SIGNAL)).rejects.toThrow('cut off');
    const again = await listManifest(archive, runOf(window), store, SIGNAL);
    expect(again.totals).toEqual(once.totals);
    expect(again.playMs).toBe(once.playMs);
    expect(again.cutter.cut(8)).toEqual(once.cutter.cut(8));
    expect([...store.chunks]).toEqual([...whole.chunks]);
  },
);

it('stores the last chunk over what a planner left that came to the end, and no further', async () => {
  const store = new MemoryStore();
  const once = await listManifest(archiveOf(1_500), runOf(null), store, SIGNAL);
  const again = await listManifest(archiveOf(1_500), runOf(null), store, SIGNAL);
  expect(again.totals).toEqual(once.totals);
  expect([...store.chunks].map(([first, { entries }]) => [first, entries.length])).toEqual([
    [0, 1_000],
    [1_000, 500],
  ]);
});

it('takes a million keys page by page, each stored before the next is asked for', async () => {
  let pages = 0;
  let aheadMax = 0;
  const { list, read } = archiveOf(1_000_000);
  const archive: ArchiveAccess = {
    async *list(startAfter, signal) {
      for await (const page of list(startAfter, signal)) {
        pages += 1;
        yield page;
      }
    },
    read,
  };
  let chunks = 0;
  const store: ManifestStore = {
    listedBefore: 0,
    async *stored() {},
    async add() {
      chunks += 1;
      aheadMax = Math.max(aheadMax, pages - chunks);
    },
    progress: async () => undefined,
  };
  const { totals } = await listManifest(archive, runOf(null), store, SIGNAL);
  expect(totals.objects).toBe(1_000_000);
  expect([chunks, aheadMax]).toEqual([1_000, 0]);
});

it('stops in the midst of it when it is told to', async () => {
  const stop = new AbortController();
  const store = new MemoryStore();
  const add = store.add.bind(store);
  store.add = async (chunk, progress) => {
    await add(chunk, progress);
    if (store.chunks.size === 3) stop.abort(new Error('cancelled'));
  };
  const listing = listManifest(archiveOf(1_000_000), runOf(null), store, stop.signal);
  await expect(listing).rejects.toThrow('cancelled');
  expect(store.chunks.size).toBe(3);
});
