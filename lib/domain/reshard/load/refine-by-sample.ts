import { HASH_KEY_MAX, type HashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, rangeWidth } from '#lib/domain/hash-range.ts';
import {
  binEnd,
  KEY_BIN_WIDTH,
  type LoadBin,
  type LoadEstimate,
  loadEstimate,
  rateOfBins,
} from './load-estimate.ts';
import { loadOfRange } from './load-of-range.ts';
import { heaviestShare, type ShardSample, sliceStart } from './shard-sampler.ts';
import type { WriteRate } from './write-rate.ts';

/** A key from this share of its shard's load on stands alone: no cut spreads it. */
const POINT_SHARE = 0.02;

/** What is sampled of fewer records says too little about where the load lies. */
const RECORDS_MIN = 50;

/**
 * An estimate with more bins where a shard was sampled. The level stays the metrics', which saw all of it; the sample
 * says how it lies over the range. Keys that weigh much get a bin of their own of two keys, the narrowest that a
 * shard can be. What was put by explicit hash keys is spread evenly, for want of anything better.
 *
 * @param load of which the level is taken; nothing changes for a sample of a range of unknown load, or of few records
 * @param samples of ranges that do not overlap
 */
export function refineBySamples(load: LoadEstimate, samples: readonly ShardSample[]): LoadEstimate {
  const usable = samples
    .filter(({ range, records }) => {
      const isKnown = load.unknown.every(
        ({ start, end }) => end < range.start || range.end < start,
      );
      return isKnown && records >= RECORDS_MIN && rangeWidth(range) >= 256n;
    })
    .sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  const bins: LoadBin[] = [];
  let from = 0n;
  for (const sample of usable) {
    bins.push(...binsBetween(load, from, sample.range.start), ...sampledBins(load, sample));
    from = sample.range.end + 1n;
  }
  bins.push(...binsBetween(load, from, HASH_KEY_MAX + 1n));
  return loadEstimate(bins, load.unknown);
}

/** The bins of the estimate between two keys, cut where they reach beyond. */
function binsBetween(load: LoadEstimate, from: bigint, to: bigint): LoadBin[] {
  if (from >= to) return [];
  return load.starts.flatMap((start, place): LoadBin[] => {
    const end = binEnd(load, place);
    if (end <= from || start >= to) return [];
    if (start >= from && end <= to) return [{ start, ...rateOfBins(load, place, place + 1) }];
    const range = {
      start: (start > from ? start : from) as HashKey,
      end: ((end < to ? end : to) - 1n) as HashKey,
    };
    return [{ start: range.start, ...loadOfRange(load, range) }];
  });
}

type Shares = { bytes: number; records: number };
type Piece = { readonly range: HashRange; readonly shares: Shares };

function sampledBins(load: LoadEstimate, sample: ShardSample): LoadBin[] {
  const level = loadOfRange(load, sample.range);
  return cutOutKeys(slicesOf(sample), sample).map(({ range, shares }) => ({
    start: range.start,
    ...scaled(level, shares),
  }));
}

function scaled(level: WriteRate, { bytes, records }: Shares): WriteRate {
  return {
    bytesPerSecond: level.bytesPerSecond * bytes,
    recordsPerSecond: level.recordsPerSecond * records,
  };
}

function slicesOf(sample: ShardSample): Piece[] {
  const count = sample.sliceBytes.length;
  return sample.sliceBytes.map((bytes, i) => {
    const start = sliceStart(sample.range, i, count);
    const next = i + 1 === count ? sample.range.end + 1n : sliceStart(sample.range, i + 1, count);
    return {
      range: { start, end: (next - 1n) as HashKey },
      shares: {
        bytes: (bytes + sample.invalidBytes / count) / Math.max(1, sample.bytes),
        records: ((sample.sliceRecords[i] ?? 0) + sample.invalidRecords / count) / sample.records,
      },
    };
  });
}

/** Takes what heavy keys have at least out of their slices, into pieces of two keys. */
function cutOutKeys(slices: readonly Piece[], { topKeys }: ShardSample): Piece[] {
  const heavy = topKeys
    .filter((key) => heaviestShare(key) >= POINT_SHARE)
    .sort((a, b) => (a.hashKey < b.hashKey ? -1 : 1));
  return slices.flatMap((slice) => {
    const pieces: Piece[] = [];
    const rest = { ...slice.shares };
    let cursor = slice.range.start;
    const gaps: HashRange[] = [];
    for (const key of heavy) {
      const range = { start: key.hashKey, end: (key.hashKey + KEY_BIN_WIDTH - 1n) as HashKey };
      // A key at an edge of its slice, or beside another heavy one, stays in the slice.
      if (range.start < cursor || range.end >= slice.range.end) continue;
      const shares = {
        bytes: Math.min(rest.bytes, key.bytesShareMin),
        records: Math.min(rest.records, key.recordsShareMin),
      };
      rest.bytes -= shares.bytes;
      rest.records -= shares.records;
      if (cursor < range.start) gaps.push({ start: cursor, end: (range.start - 1n) as HashKey });
      pieces.push({ range, shares });
      cursor = (range.end + 1n) as HashKey;
    }
    gaps.push({ start: cursor, end: slice.range.end });
    const open = gaps.reduce((sum, gap) => sum + Number(rangeWidth(gap)), 0);
    for (const gap of gaps) {
      const share = Number(rangeWidth(gap)) / open;
      pieces.push({
        range: gap,
        shares: { bytes: rest.bytes * share, records: rest.records * share },
      });
    }
    return pieces.sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  });
}
