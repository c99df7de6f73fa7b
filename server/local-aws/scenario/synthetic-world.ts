import { type HashRange, uniformRanges } from '#lib/domain/hash-range.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { PutEntry } from '#server/local-aws/engine/operations/put-record.ts';
import type { Actor } from './actor.ts';
import { seededRandom, subSeed } from './seeded-random.ts';
import type { StreamSetUp } from './stream-plan.ts';

/** A world of any size, for tests: so many streams alike, of so many shards each. */
export type SyntheticWorld = { readonly streams: number; readonly shards: number };

const TICK_MS = 250;
/** Every shard gets its next record after so many ticks: 5 s, one demo period. */
const TICKS_PER_TURN = 20;
/** So few shards are busy, that even the largest world leaves the machine free. */
const BUSY_SHARDS_MAX = 16;
const BUSY_EVERY = 64;
const BUSY_BYTES = 50_000;
const QUIET_BYTES = 400;

function worldStreamName(index: number): string {
  return `world-${String(index + 1).padStart(4, '0')}`;
}

export function worldSetUps({ streams, shards }: SyntheticWorld): readonly StreamSetUp[] {
  return Array.from({ length: streams }, (_, i) => ({
    streamName: worldStreamName(i),
    mode: 'PROVISIONED',
    shardCount: shards,
    shardMetrics: true,
    retentionHours: 24,
    consumers: [],
    tags: { environment: 'world' },
  }));
}

type Place = {
  readonly streamName: string;
  readonly range: HashRange;
  readonly isBusy: boolean;
  readonly phase: number;
};

/**
 * A light load that moves: each shard takes a record every 5 s, a few take four a second. Written by calls
 * into the engine, because thousands of shards over the wire would take the machine.
 */
export class SyntheticLoad implements Actor {
  readonly name = 'synthetic-load';
  readonly #engine: Engine;
  readonly #turns: readonly (readonly Place[])[];
  readonly #busy: readonly Place[];
  readonly #data = Buffer.alloc(BUSY_BYTES * 2, 'kinetoscope ');
  #tick = 0;
  #nextDueMs: number;

  constructor(engine: Engine, world: SyntheticWorld, seed: number, fromMs: number) {
    this.#engine = engine;
    this.#nextDueMs = fromMs;
    const places = placesOf(world, seed);
    this.#turns = Array.from({ length: TICKS_PER_TURN }, (_, turn) =>
      places.filter((_, i) => i % TICKS_PER_TURN === turn),
    );
    this.#busy = places.filter(({ isBusy }) => isBusy);
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  async act(nowMs: number): Promise<void> {
    this.#nextDueMs = Math.max(this.#nextDueMs + TICK_MS, nowMs);
    const turn = this.#turns[this.#tick % TICKS_PER_TURN] ?? [];
    this.#tick += 1;
    this.#put([...turn.filter(({ isBusy }) => !isBusy), ...this.#busy], nowMs);
  }

  #put(places: readonly Place[], nowMs: number): void {
    const byStream = new Map<string, PutEntry[]>();
    for (const place of places) {
      const entries = byStream.get(place.streamName) ?? [];
      byStream.set(place.streamName, entries);
      entries.push(this.#record(place, nowMs));
    }
    for (const [streamName, records] of byStream) {
      this.#engine.putRecords({ streamName, records });
    }
  }

  #record({ range, isBusy, phase }: Place, nowMs: number): PutEntry {
    const swing = 1 + 0.5 * Math.sin(nowMs / 90_000 + phase);
    const bytes = Math.floor((isBusy ? BUSY_BYTES : QUIET_BYTES) * swing);
    return {
      partitionKey: 'world',
      explicitHashKey: range.start,
      data: this.#data.subarray(0, bytes),
    };
  }
}

function placesOf({ streams, shards }: SyntheticWorld, seed: number): Place[] {
  const random = seededRandom(subSeed(seed, 'world'));
  const ranges = uniformRanges(shards);
  let busy = 0;
  return Array.from({ length: streams }, (_, i) => worldStreamName(i)).flatMap((streamName) =>
    ranges.map((range): Place => {
      const isBusy = busy < BUSY_SHARDS_MAX && random() < 1 / BUSY_EVERY;
      busy += isBusy ? 1 : 0;
      return { streamName, range, isBusy, phase: random() * 2 * Math.PI };
    }),
  );
}
