import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListedObject, ManifestBuilder, type TimeSpan } from './manifest.ts';
import { SliceCutter } from './slice-cutter.ts';

const MINUTE_MS = 60_000;

function object(i: number, change: Partial<ListedObject> = {}): ListedObject {
  return {
    key: `tweets/${i}`,
    versionId: null,
    etag: `etag-${i}`,
    bytes: 10,
    storageClass: 'STANDARD',
    times: { fromMs: i * MINUTE_MS, toMs: (i + 1) * MINUTE_MS - 1 },
    ...change,
  };
}

function manifestOf(objects: Iterable<ListedObject>, window: TimeSpan | null = null, padMs = 0) {
  const builder = new ManifestBuilder(window, padMs);
  const chunks = [];
  for (const one of objects) {
    const chunk = builder.add(one);
    if (chunk !== null) chunks.push(chunk);
  }
  const { chunk, totals } = builder.finish();
  if (chunk !== null) chunks.push(chunk);
  return { chunks, totals, progress: builder.progress };
}

describe('a manifest', () => {
  it('comes out in chunks that hold every object once, at its place', () => {
    for (const count of [0, 1, 999, 1_000, 1_001, 2_500]) {
      const objects = Array.from({ length: count }, (_, i) => object(i));
      const { chunks, totals } = manifestOf(objects);
      expect(chunks.flatMap(({ entries }) => entries)).toEqual(objects);
      let next = 0;
      for (const { first, entries } of chunks) {
        expect(first).toBe(next);
        expect(entries.length).toBeLessThanOrEqual(1_000);
        next += entries.length;
      }
      expect(totals).toMatchObject({ objects: count, bytes: count * 10 });
    }
  });

  it('takes what may hold a record of the window, and no object that cannot', () => {
    const anyTimes = fc
      .tuple(fc.nat(1_000), fc.nat(100))
      .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
    fc.assert(
      fc.property(fc.array(anyTimes), anyTimes, fc.nat(50), (all, window, paddingMs) => {
        const objects = all.map((times, i) => object(i, { times }));
        const { chunks, totals } = manifestOf(objects, window, paddingMs);
        const taken = new Set(chunks.flatMap(({ entries }) => entries));
        for (const one of objects) {
          const { fromMs, toMs } = one.times ?? window;
          let meets = false;
          for (let t = fromMs - paddingMs; t <= toMs + paddingMs; t += 1) {
            meets ||= window.fromMs <= t && t <= window.toMs;
          }
          expect(taken.has(one)).toBe(meets);
        }
        expect(totals.objects).toBe(taken.size);
      }),
    );
  });

  it('says what is undated, out of order, or has to be restored', () => {
    const objects = [
      object(5),
      object(3),
      object(6, { times: null }),
      object(7, { storageClass: 'GLACIER' }),
      object(8, { storageClass: 'DEEP_ARCHIVE', bytes: 7 }),
      object(9, { storageClass: 'GLACIER', bytes: 1 }),
      object(10, { storageClass: 'GLACIER_IR' }),
    ];
    const { totals, progress } = manifestOf(objects, { fromMs: 3 * MINUTE_MS, toMs: 1e9 });
    expect(totals).toMatchObject({
      objects: 7,
      undated: 1,
      outOfOrder: 1,
      times: { fromMs: 3 * MINUTE_MS, toMs: 11 * MINUTE_MS - 1 },
      needRestore: new Map([
        ['GLACIER', { objects: 2, bytes: 11 }],
        ['DEEP_ARCHIVE', { objects: 1, bytes: 7 }],
      ]),
    });
    expect(progress).toEqual({ listed: 7, objects: 7 });
    expect(manifestOf(objects, { fromMs: -2, toMs: -1 }).progress).toEqual({
      listed: 7,
      objects: 1,
    });
  });

  it('has another fingerprint when any object is another, or elsewhere', () => {
    const objects = Array.from({ length: 2_100 }, (_, i) => object(i));
    const print = (all: readonly ListedObject[]) => manifestOf(all).totals.fingerprint;
    const same = print(objects);
    expect(print([...objects])).toBe(same);
    for (const at of [0, 999, 1_000, 2_099]) {
      for (const change of [{ etag: 'x' }, { versionId: 'v' }, { bytes: 11 }, { key: 'k' }]) {
        expect(print(objects.with(at, object(at, change)))).not.toBe(same);
      }
    }
    expect(print(objects.slice(1))).not.toBe(same);
    expect(print([object(1), object(0), ...objects.slice(2)])).not.toBe(same);
  });
});

describe('slices', () => {
  it('hold every object once, in order, and are about of one size', () => {
    const anySizes = fc.array(fc.nat(1_000), { maxLength: 300 });
    fc.assert(
      fc.property(anySizes, fc.integer({ min: 1, max: 12 }), (sizes, count) => {
        const cutter = new SliceCutter();
        for (const bytes of sizes) cutter.add(bytes);
        const slices = cutter.cut(count);
        expect(slices.length).toBeLessThanOrEqual(count);
        let next = 0;
        for (const { first, last } of slices) {
          expect(first).toBe(next);
          expect(last).toBeGreaterThanOrEqual(first);
          next = last + 1;
        }
        expect(next).toBe(sizes.length);
        const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
        for (const { first, last } of slices) {
          const bytes = sizes.slice(first, last + 1).reduce((sum, size) => sum + size, 0);
          expect(bytes).toBeLessThanOrEqual(total / count + 2 * 1_000);
        }
      }),
    );
  });

  it('are cut as well of very many objects', () => {
    const cutter = new SliceCutter();
    const count = 300_000;
    for (let i = 0; i < count; i += 1) cutter.add(i % 7);
    for (const { first, last } of cutter.cut(8)) {
      expect((last - first + 1) / count).toBeCloseTo(1 / 8, 2);
    }
    expect(new SliceCutter().cut(3)).toEqual([]);
  });
});
