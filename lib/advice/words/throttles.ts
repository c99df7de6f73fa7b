import type { Words } from '#lib/advice/finding-words.ts';
import type { FindingOf } from '#lib/domain/advice/finding.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare, formatUse } from '#lib/format/percent.ts';
import { shardIdInProse } from '#lib/format/shard-id.ts';
import { shardUseWords, shardWord, spanWords, upperFirst } from './said.ts';

type Throttled = FindingOf<'writes-throttled'>;

export function writeThrottleWords(found: Throttled): Words {
  return {
    title: writeTitle(found),
    sentence: writeSentence(found),
    todo: writeTodo(found),
    figures: [
      { name: 'Records refused', value: formatCount(found.throttledRecords) },
      { name: 'Records accepted', value: formatCount(found.acceptedRecords) },
      { name: 'Refused, of those tried', value: formatShare(found.throttledShare) },
      ...(found.periods === null
        ? []
        : [
            {
              name: 'Periods with a refusal',
              value: `${formatCount(found.throttledPeriods)} of ${formatCount(found.periods)}`,
            },
          ]),
      ...(found.throttledShardCount === null
        ? []
        : [
            {
              name: 'Shards that refused',
              value: `${formatCount(found.throttledShardCount)} of ${formatCount(found.openShardCount)}`,
            },
          ]),
      ...(found.streamUse === null
        ? []
        : [{ name: 'Use of all shards together', value: formatUse(found.streamUse) }]),
      ...(found.shardsNeededAtLeast === null
        ? []
        : [
            {
              name: 'Shards needed for what was accepted, with headroom',
              value: `≥ ${formatCount(found.shardsNeededAtLeast)}`,
            },
          ]),
    ],
  };
}

function writeTitle({ pattern, spread, shard, throttledShardIds }: Throttled): string {
  if (pattern === 'over') return 'Records were refused, and no longer are';
  if (spread === 'whole-stream') return 'The stream is too small for its load';
  if (shard === null) return 'Records are refused';
  return throttledShardIds.length > 1
    ? `Shards ${joined(throttledShardIds, 'and')} refuse records`
    : `${upperFirst(shardWord(shard.shardId))} refuses records`;
}

function writeSentence(found: Throttled): string {
  const { throttledRecords, throttledShare, shard, shardShareOfThrottled: part } = found;
  const when =
    found.periods === null
      ? ''
      : `, in ${formatCount(found.throttledPeriods)} of ${countOf(found.periods, 'period')}`;
  const what = `${countOf(throttledRecords, 'record')} of those tried (${formatShare(throttledShare)}) ${throttledRecords === 1 ? 'was' : 'were'} refused in ${spanWords(found.window)}${when}.`;
  if (shard === null)
    return `${what} Which shard refuses is not known: shard-level metrics are off or silent.`;
  const how = upperFirst(shardUseWords(shard));
  return part === null
    ? `${what} Hottest is ${shardUseWords(shard)}.`
    : `${what} ${how} refused ${formatShare(part)} of them${othersWords(found)}.`;
}

/** @example joined(ids, 'and') // '…0001, …0002 and …0003' */
function joined(shardIds: readonly string[], word: string): string {
  const ids = shardIds.map(shardIdInProse);
  return `${ids.slice(0, -1).join(', ')} ${word} ${ids.at(-1) ?? ''}`;
}

function othersWords({ throttledShardCount, openShardCount }: Throttled): string {
  return throttledShardCount === null || throttledShardCount < 2
    ? ''
    : `; ${formatCount(throttledShardCount)} of ${countOf(openShardCount, 'shard')} refuse`;
}

function writeTodo(found: Throttled): string {
  const { pattern, spread, shard, shardsNeededAtLeast: needed } = found;
  if (pattern === 'over') {
    return 'Nothing has to be done now. Look at the producers’ logs whether their retries made good what was refused, or records were given up.';
  }
  if (found.onDemand) {
    return 'On-demand streams grow by themselves within minutes; one key stays at one shard’s limit, and then only other keys help.';
  }
  if (pattern === 'burst') {
    return 'One burst needs no shard: producers that retry with back-off (the SDKs and the KPL do) make it good. Reshard if it comes again and again.';
  }
  if (spread === 'whole-stream') {
    return `Add shards${needed === null ? '' : `: ${formatCount(needed)} at least, reckoned by what was accepted; what was tried is more`}. Retries alone only put the load off.`;
  }
  if (found.withinPeriod && pattern === 'sustained') {
    return 'The mean of a period is far below the limit, so the load comes in bursts of seconds: let producers batch and spread it (the KPL does), or split the shard for more room.';
  }
  if (shard === null) {
    return 'Switch on shard-level metrics to see which shard it is; until then let producers retry with back-off.';
  }
  const isOne = found.throttledShardIds.length < 2;
  const ids = isOne ? shardIdInProse(shard.shardId) : joined(found.throttledShardIds, 'or');
  const remedy = `If many keys share ${ids}, split ${isOne ? 'it' : 'that shard'}. If a single key fills it, no split helps: spread the key (salt it), or put more into each record.`;
  return pattern === 'unknown'
    ? remedy
    : `${remedy} Metrics do not tell which it is; the partition keys of a few of its records do, or a split after which one half stays as hot.`;
}

export function readThrottleWords(found: FindingOf<'reads-throttled'>): Words {
  const { throttledReadCalls, shard, bound } = found;
  const where = shard === null ? '' : `, at ${upperFirst(shardWord(shard.shardId))} most`;
  return {
    title:
      found.severity === 'info' ? 'Readers were refused again and again' : 'Readers are refused',
    sentence: `${countOf(throttledReadCalls, 'GetRecords call')} ${throttledReadCalls === 1 ? 'was' : 'were'} refused in ${spanWords(found.window)}${where.replace('Shard', 'shard')}. ${READ_BOUND[bound]}`,
    todo:
      bound === 'bytes'
        ? 'Move one of the readers to enhanced fan-out, which has 2 MiB/s of each shard for itself, or split the shard.'
        : 'A shard serves 5 GetRecords calls/s and 2 MiB/s to all readers together: read less often and more at once, or move a reader to enhanced fan-out.',
    figures: [
      { name: 'GetRecords calls refused', value: formatCount(throttledReadCalls) },
      ...(shard === null
        ? []
        : [
            {
              name: `Highest use of 2 MiB/s by shared readers of ${shardIdInProse(shard.shardId)}`,
              value: formatUse(shard.readBytesUse),
            },
          ]),
    ],
  };
}

const READ_BOUND = {
  bytes: 'Its 2 MiB/s are used up.',
  calls: 'Bytes are far below 2 MiB/s, so it is the 5 calls/s that readers share.',
  unknown:
    'Whether 5 calls/s or 2 MiB/s bind is not known: no shard that refused tells its OutgoingBytes.',
} as const;
