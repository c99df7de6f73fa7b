import type { DurationEstimate } from '#lib/domain/reshard/duration.ts';
import type { Choice, Remark } from '#lib/domain/reshard/plan.ts';
import type { Step } from '#lib/domain/reshard/step.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { shortHashKey } from '#lib/format/hash-key.ts';
import { formatUse } from '#lib/format/percent.ts';

/** @example stepWords({ kind: 'split', at }) // 'Split at 80000000…' */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'split':
      return `Split at ${shortHashKey(step.at)}`;
    case 'merge':
      return `Merge over ${shortHashKey(step.at)}`;
    case 'update-shard-count':
      return `UpdateShardCount to ${formatCount(step.count)}`;
  }
}

/** Why a plan goes by these operations and not by others. */
export function choiceWords(choice: Choice): string {
  if (choice.method === 'update-shard-count') {
    return `By ${countOf(choice.calls, 'call')} of UpdateShardCount, since equal ranges are wanted: splits and merges would be ${countOf(choice.operations, 'operation')}, one after the other.`;
  }
  switch (choice.because) {
    case 'not-uniform':
      return 'By splits and merges: UpdateShardCount makes equal ranges only.';
    case 'as-few-operations':
      return `By ${countOf(choice.operations, 'split or merge', 'splits and merges')}: no more than calls of UpdateShardCount, and none of the ten a day is spent.`;
    case 'calls-used-up':
      return `By splits and merges: it would take ${countOf(choice.calls, 'call')} of UpdateShardCount, and of the ten in 24 hours ${formatCount(choice.callsLeft)} ${choice.callsLeft === 1 ? 'is' : 'are'} left.`;
    case 'calls-peak':
      return `By splits and merges: UpdateShardCount may open ${formatCount(choice.peakOfCalls)} shards for a time, more than may be open.`;
  }
}

/** What whoever approves has to know, in one or two sentences. */
export function remarkWords(remark: Remark): string {
  switch (remark.kind) {
    case 'key-too-hot':
      return `One partition key alone, at hash key ${shortHashKey(remark.at)}, uses ${formatUse(remark.use)} of a shard: no split spreads one key. Isolate it, so that it harms no other, and let producers salt it.`;
    case 'taken-as-even':
      return 'How the load lies within the shard is not known; it was taken to be even. Sample the shard to cut where its load is halved.';
    case 'split-does-little':
      return `The busier half would still be at ${formatUse(remark.after)} of its limit, after ${formatUse(remark.before)} before.`;
    case 'joined-first':
      return `${countOf(remark.boundaries.length, 'boundary', 'boundaries')} must go before a new one a hash key beside can stand: for two steps a shard carries what two do now.`;
    case 'above-target':
      return `The busiest shard will be at ${formatUse(remark.use)}, above the ${formatUse(remark.target)} that the headroom leaves: its load lies too close together to be cut.`;
    case 'reads-unknown':
      return 'How much is read of these shards is not known, so what is written alone was looked at. Readers share 2 MiB/s and five calls a second of each shard.';
    case 'fewer-shards':
      return `${countOf(remark.planned, 'shard')} instead of ${formatCount(remark.wanted)}: there is no place for more cuts.`;
  }
}

/** @example durationWords(estimate) // 'about 2 min (assumed: 30 s an operation)' */
export function durationWords({ ms, basis, isLeast }: DurationEstimate): string {
  const about = `${isLeast ? 'at least' : 'about'} ${formatAge(ms)}`;
  switch (basis) {
    case 'measured':
      return `${about}, by operations seen before`;
    case 'partly-measured':
      return `${about}, partly by operations seen before`;
    case 'assumed':
      return `${about}, at the usual 30 s an operation`;
  }
}

/** What no plan does, which people expect of it. */
export const WHAT_IT_DOES_NOT = [
  'Records that are in a shard stay there: closed shards are read to their end, until retention takes them.',
  'One partition key always stays in one shard. Where one is too hot, only other keys help: salt it.',
  'Producers need not be told; they may see more refusals of records until a hot shard is split.',
] as const;
