import type { BindingLimit } from '#lib/domain/binding-limit.ts';
import { formatAge } from '#lib/format/age.ts';
import { limitAmount, limitWord } from '#lib/format/limit.ts';
import { formatUse } from '#lib/format/percent.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatClock, formatDay, type Zone, zoneName } from '#lib/format/time.ts';

/**
 * Which limit binds, how much, and since when, in one sentence.
 * @param shardId null for the stream as a whole
 * @param refused whether records were refused in the newest period: then more is wanted than is used
 * @param nowMs on the database's clock
 * @example '…0003 is bound by write bytes: 103 % of 1.00 MiB/s, since 09:12:05 UTC (14 min)'
 */
export function bindingWords(args: {
  readonly binding: BindingLimit;
  readonly shardId: string | null;
  readonly refused: boolean;
  readonly nowMs: number;
  readonly zone: Zone;
}): string {
  const { binding, shardId, refused, nowMs, zone } = args;
  const who = shardId === null ? 'The whole stream' : shortShardId(shardId);
  const what = limitWord(binding.limit);
  const max = shardId === null ? 'what its shards take together' : limitAmount(binding.limit);
  const demand = refused ? ', and more is wanted' : '';
  return `${who} is bound by ${what}: ${formatUse(binding.use)} of ${max}${demand}, ${sinceWords(binding, nowMs, zone)}`;
}

/** What is said where no limit binds over a whole period. @param refused whether records were refused in it */
export function unboundWords(refused: boolean): string {
  return refused
    ? 'Over the whole period no shard that refused used 80 % of any of its limits: what was refused came in bursts within it.'
    : 'Over the whole period no shard used 80 % of any of its limits.';
}

/** Since when a limit binds. @example 'since at least 09:12:05 UTC (14 min)' */
export function sinceWords(binding: BindingLimit, nowMs: number, zone: Zone): string {
  const { sinceMs, atLeast, resolutionSeconds } = binding;
  const day = formatDay(sinceMs, zone);
  const dated = day === formatDay(nowMs, zone) ? '' : `${day.slice(5)} `;
  const clock = `${dated}${formatClock(sinceMs, zone)} ${zoneName(zone, sinceMs)}`;
  const least = atLeast ? 'at least ' : '';
  const exactly = resolutionSeconds > 60 ? `, to ${formatAge(resolutionSeconds * 1_000)}` : '';
  return `since ${least}${clock} (${formatAge(nowMs - sinceMs)}${exactly})`;
}
