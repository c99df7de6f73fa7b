import { seededRandom, subSeed } from './seeded-random.ts';

/** A factor around 1, as a function of time (epoch ms): the same for the same seed and name. */
export type Wave = (nowMs: number) => number;

export type WaveShape = {
  /** Depth of the slow swings: 0.1 swings between about 0.9 and 1.1. */
  readonly depth: number;
  /** Bursts multiply by up to `1 + burst`; 0 for none. */
  readonly burst: number;
};

/** Bursts may begin once in so long, and last a part of it. */
const BURST_EVERY_MS = 150_000;
const BURST_CHANCE = 0.35;
const BURST_LASTS_MS = 25_000;

/** Two slow sines of unrelated length, with a burst now and then. */
export function makeWave(seed: number, name: string, shape: WaveShape): Wave {
  const random = seededRandom(subSeed(seed, 'wave', name));
  const [slowMs, quickMs] = [(7 + 6 * random()) * 60_000, (1.2 + random()) * 60_000];
  const [slowPhase, quickPhase] = [random() * 2 * Math.PI, random() * 2 * Math.PI];
  const burstAt = makeBursts(seed, name);
  const compute = (nowMs: number) => {
    const swing =
      0.65 * Math.sin(angle(nowMs, slowMs) + slowPhase) +
      0.35 * Math.sin(angle(nowMs, quickMs) + quickPhase);
    return (1 + shape.depth * swing) * (1 + shape.burst * burstAt(nowMs));
  };
  // Keys that move together ask for the same instant one after the other.
  let askedMs = Number.NaN;
  let factor = 1;
  return (nowMs) => {
    if (nowMs !== askedMs) {
      askedMs = nowMs;
      factor = compute(nowMs);
    }
    return factor;
  };
}

/** Within one turn: sines of angles as large as epochs are slow to compute. */
function angle(nowMs: number, turnMs: number): number {
  return ((nowMs % turnMs) / turnMs) * 2 * Math.PI;
}

type Burst = { readonly slot: number; readonly beginMs: number };

/** How far a burst has risen at an instant: 0 outside of one, up to 1 within. */
function makeBursts(seed: number, name: string): (nowMs: number) => number {
  let burst: Burst = { slot: Number.NaN, beginMs: Number.NaN };
  return (nowMs) => {
    const slot = Math.floor(nowMs / BURST_EVERY_MS);
    if (slot !== burst.slot) {
      const random = seededRandom(subSeed(seed, 'burst', name, slot));
      const isOn = random() < BURST_CHANCE;
      const beginMs = slot * BURST_EVERY_MS + random() * (BURST_EVERY_MS - BURST_LASTS_MS);
      burst = { slot, beginMs: isOn ? beginMs : Number.POSITIVE_INFINITY };
    }
    const share = (nowMs - burst.beginMs) / BURST_LASTS_MS;
    return share > 0 && share < 1 ? Math.sin(share * Math.PI) : 0;
  };
}
