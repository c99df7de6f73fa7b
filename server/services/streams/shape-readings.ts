import type { Frame } from '#lib/domain/frame.ts';
import { markOf, type ShardMark } from '#lib/domain/shard-mark.ts';
import { type ShardReading, shardReadings } from '#lib/domain/shard-readings.ts';
import { placesByUse } from '#lib/domain/worst-place.ts';
import {
  type ArrangedShard,
  arrangeShards,
  type ShardArrangement,
} from '#lib/shards/arrange-shards.ts';
import type { ShardFacts } from '#lib/shards/shard-facts.ts';
import { layoutOf } from './shape-layout.ts';
import type { TopologyShape } from './topology-shape.ts';

/** What the shards of a topology did in a period, worked out once for all who ask. By place. */
export type ShapeReadings = {
  readonly readings: readonly ShardReading[];
  readonly marks: readonly ShardMark[];
  /** Places from the worst to the least. */
  readonly byUse: () => readonly number[];
  /** Rows of the table. `expired` are shards that the topology does not know any more. */
  readonly arranged: (
    arrangement: ShardArrangement,
    expired: readonly ShardFacts[],
  ) => readonly ArrangedShard[];
};

/** Tabs that look at the newest period, and some that play the past. */
const PERIODS_KEPT = 8;
/** Orders and filters that are asked for at the same time. */
const ARRANGEMENTS_KEPT = 8;

const byShape = new WeakMap<TopologyShape, Map<string, ShapeReadings>>();

/** @param frame null where nothing has been read of this topology */
export function readingsOf(shape: TopologyShape, frame: Frame | null): ShapeReadings {
  const known = byShape.get(shape) ?? new Map<string, ShapeReadings>();
  byShape.set(shape, known);
  // Not by identity: who reads the database gets another object of the same period each time.
  const key =
    frame === null
      ? 'none'
      : `${frame.periodSeconds}/${frame.periodStartMs}/${frame.collectedAtMs}/${frame.shards.length}`;
  return keepRecent(known, key, PERIODS_KEPT, () => makeReadings(shape, frame));
}

function makeReadings(shape: TopologyShape, frame: Frame | null): ShapeReadings {
  const { topologyId, open } = shape.view;
  const readings = shardReadings(frame, topologyId, open.length);
  const marks = readings.map(markOf);
  const arrangements = new Map<string, readonly ArrangedShard[]>();
  let order: readonly number[] | null = null;
  return {
    readings,
    marks,
    byUse: () => {
      order ??= placesByUse(marks);
      return order;
    },
    arranged: (arrangement, expired) =>
      keepRecent(
        arrangements,
        `${JSON.stringify(arrangement)}/${expired.length}`,
        ARRANGEMENTS_KEPT,
        () => arrangeShards([...layoutOf(shape).facts, ...expired], readings, arrangement),
      ),
  };
}

/** The value of `key`, made where it is missing; of more than `countMax` the least recently used goes. */
function keepRecent<T>(kept: Map<string, T>, key: string, countMax: number, make: () => T): T {
  const value = kept.get(key) ?? make();
  // A Map keeps the order of insertion: the first key is the least recently used.
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= countMax) break;
    kept.delete(oldest);
  }
  return value;
}
