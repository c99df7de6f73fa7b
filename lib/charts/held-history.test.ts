import { describe, expect, it } from 'vitest';
import { uniformTopology } from '#lib/strip/testing/ring-of.ts';
import { holdHistory, NOTHING_HELD } from './held-history.ts';
import { frameAt } from './testing/frame-at.ts';
import { historyOf } from './testing/history-of.ts';

const topology = uniformTopology(2);
const WINDOW = 900_000;

describe('holdHistory', () => {
  it('appends frames to what was read', () => {
    const read = historyOf(3);
    const once = holdHistory(NOTHING_HELD, read, frameAt(15_000), topology, WINDOW);
    const twice = holdHistory(once, read, frameAt(20_000), topology, WINDOW);
    expect(twice.history?.periodStartMs).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
    expect(twice.gapAtMs).toBeNull();
  });

  it('keeps its identity where nothing is new', () => {
    const read = historyOf(3);
    const frame = frameAt(15_000);
    const held = holdHistory(NOTHING_HELD, read, frame, topology, WINDOW);
    expect(holdHistory(held, read, frame, topology, WINDOW)).toBe(held);
  });

  it('tells of missed periods, also where the frame came before the history', () => {
    const frame = frameAt(20_000);
    const early = holdHistory(NOTHING_HELD, null, frame, topology, WINDOW);
    expect(early.gapAtMs).toBeNull();
    const held = holdHistory(early, historyOf(3), frame, topology, WINDOW);
    expect(held.gapAtMs).toBe(20_000);
    expect(held.history?.incomingBytesPerSecond.at(-2)).toBeNull();
  });

  it('closes the gap with what is read anew, and does not ask twice', () => {
    const frame = frameAt(20_000);
    const gap = holdHistory(NOTHING_HELD, historyOf(3), frame, topology, WINDOW);
    const healed = holdHistory(gap, historyOf(5), frame, topology, WINDOW);
    expect(healed.history?.incomingBytesPerSecond.at(-2)).toBe(2_000_000);
    expect(healed.gapAtMs).toBe(gap.gapAtMs);
  });

  it('asks once for the hottest shards anew after a reshard', () => {
    const read = historyOf(3);
    const before = holdHistory(NOTHING_HELD, read, frameAt(15_000), topology, WINDOW);
    const resharded = { ...uniformTopology(2), topologyId: 2 };
    const between = holdHistory(before, read, null, resharded, WINDOW);
    expect(between.gapAtMs).toBeNull();
    const frame = { ...frameAt(20_000), topologyId: 2 };
    const after = holdHistory(between, read, frame, resharded, WINDOW);
    expect(after.gapAtMs).toBe(20_000);
    const next = { ...frameAt(25_000), topologyId: 2 };
    expect(holdHistory(after, read, next, resharded, WINDOW).gapAtMs).toBe(20_000);
  });

  it('asks for the hottest shards where the history names none and shards have figures', () => {
    const read = { ...historyOf(3), hottest: [] };
    const held = holdHistory(NOTHING_HELD, read, frameAt(15_000), topology, WINDOW);
    expect(held.gapAtMs).toBe(15_000);
    const silent = { ...frameAt(15_000), shards: frameAt(0).shards.map(() => Number.NaN) };
    expect(holdHistory(NOTHING_HELD, read, silent, topology, WINDOW).gapAtMs).toBeNull();
  });

  it('leaves out a frame of another topology', () => {
    const frame = { ...frameAt(15_000), topologyId: 2 };
    const held = holdHistory(NOTHING_HELD, historyOf(3), frame, topology, WINDOW);
    expect(held.history?.periodStartMs).toHaveLength(3);
  });
});
