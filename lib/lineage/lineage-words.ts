import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatInstant, type Zone } from '#lib/format/time.ts';
import { ringShard } from '#lib/strip/ring-shards.ts';
import type { LineageBandView, LineageShardView, Relative } from './lineage-map.ts';

const HOUR_MS = 3_600_000;

/** A property of a shard's life, with its name. */
export type LifeLine = { readonly name: string; readonly value: string };

/** What the times of a shard are told by. `nowMs` is on the database's clock. */
export type LifeContext = {
  readonly retentionHours: number;
  readonly nowMs: number;
  readonly zone: Zone;
};

/** From when to when a shard lived, and whether its records can still be read. */
export function lifeLines(
  shard: Pick<LineageShardView, 'state' | 'createdAtMs' | 'endedAtMs'>,
  context: LifeContext,
): readonly LifeLine[] {
  const { createdAtMs, endedAtMs, state } = shard;
  const { nowMs, zone } = context;
  const until = state === 'open' ? nowMs : endedAtMs;
  return [
    {
      name: 'Created',
      value:
        createdAtMs === null
          ? 'unknown: its first sequence number is of another layout'
          : `${formatInstant(createdAtMs, zone)}, ${formatAge(nowMs - createdAtMs)} ago`,
    },
    {
      name: 'Ended',
      value:
        state === 'open'
          ? 'not: it takes records'
          : endedAtMs === null
            ? 'unknown: neither a child nor its last sequence number tells'
            : `${formatInstant(endedAtMs, zone)}, ${formatAge(nowMs - endedAtMs)} ago`,
    },
    {
      name: 'Lived',
      value:
        createdAtMs === null || until === null
          ? 'unknown'
          : `${formatAge(until - createdAtMs)}${state === 'open' ? ' so far' : ''}`,
    },
    { name: 'Readable', value: readableWords(shard, context) },
  ];
}

/** Whether the records of a shard can still be read, and until when. */
export function readableWords(
  { state, endedAtMs }: Pick<LineageShardView, 'state' | 'endedAtMs'>,
  { retentionHours, nowMs, zone }: LifeContext,
): string {
  switch (state) {
    case 'open':
      return 'yes, while it is open';
    case 'expired':
      return 'no: past retention, ListShards does not report it any more';
    case 'closed': {
      if (endedAtMs === null) return 'as long as ListShards reports it';
      const leftMs = endedAtMs + retentionHours * HOUR_MS - nowMs;
      return leftMs <= 0
        ? 'not any more: its last record is past retention'
        : `until ${formatInstant(endedAtMs + retentionHours * HOUR_MS, zone)}, ${formatAge(leftMs)} more`;
    }
  }
}

/** How a shard came to be. */
export function originWords(parents: readonly Relative[]): string {
  if (parents.length === 0) return 'made with the stream, or its parent was never seen';
  return `${parents.length > 1 ? 'merge' : 'split'} of ${namesOf(parents)}`;
}

/** What became of a shard. */
export function fateWords({
  state,
  children,
}: Pick<LineageShardView, 'state' | 'children'>): string {
  if (children.length === 0) {
    return state === 'open' ? 'neither split nor merged' : 'no child of it was ever seen';
  }
  return `${children.length > 1 ? 'split into' : 'merged into'} ${namesOf(children)}`;
}

/** A band in one line, for those who cannot see it. */
export function bandWords(band: LineageBandView, context: LifeContext): string {
  const { zone } = context;
  const { shard, state, count, createdAtMs, endedAtMs } = band;
  const born =
    createdAtMs === null
      ? 'created at an unknown time'
      : `created ${formatInstant(createdAtMs, zone)}`;
  const ended = endedAtMs === null ? 'open' : `ended ${formatInstant(endedAtMs, zone)}`;
  if (shard === null) {
    return `${countOf(count, `${state} shard`)} side by side; the first ${born}, ${endedAtMs === null ? 'all open' : `the last ${ended}`}`;
  }
  const { shardId } = shard.shard;
  const { start, end } = ringShard(shard.shard);
  return `${shardId}: ${state}, ${formatShare(end - start)} of the ring; ${born}, ${ended}; ${originWords(shard.parents)}; ${fateWords(shard)}`;
}

function namesOf(relatives: readonly Relative[]): string {
  return relatives.map(({ shardId }) => shortShardId(shardId)).join(' and ');
}
