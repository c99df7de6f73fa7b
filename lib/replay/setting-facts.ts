import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { Sampling } from '#lib/domain/replay/filter/filter-plan.ts';
import type { PaceSettings, ReplayDraft } from '#lib/domain/replay/settings.ts';
import type { KeyRule } from '#lib/domain/replay/transform/key/recover-key.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { SettingFact } from './view/run.ts';
import { COMPRESSION_WORDS, choiceOfFormat } from './wizard/format-choices.ts';
import { pathText } from './wizard/path-field.ts';

/**
 * What is set of a replay, for people, in the order of the wizard; of a draft what is decided so far. Times are UTC.
 * No key stands in it: keys are counted, and of an expression it says only that there is one.
 */
export function settingFacts(
  draft: Omit<ReplayDraft, 'step'>,
  quarantineOf: number | null,
): readonly SettingFact[] {
  return [
    ...facts('source', sourceFacts(draft, quarantineOf)),
    ...facts('format', formatFacts(draft)),
    ...facts('filter', filterFacts(draft)),
    ...facts('target', targetFacts(draft)),
    ...facts('pace', paceFacts(draft)),
  ];
}

type Named = readonly [name: string, value: string];

function facts(step: SettingFact['step'], named: readonly Named[]): readonly SettingFact[] {
  return named.map(([name, value]) => ({ step, name, value }));
}

function sourceFacts(
  { source, window }: Pick<ReplayDraft, 'source' | 'window'>,
  quarantineOf: number | null,
): readonly Named[] {
  if (quarantineOf !== null) return [['Source', `Quarantine of replay ${quarantineOf}`]];
  if (source === null) return [];
  return [
    ['Archive', `s3://${source.bucket}/${source.prefix}`],
    ['Read by', source.connection],
    ['Time zone of keys', source.timeZone],
    ['Buffer of the archiver', formatAge(source.paddingMs)],
    ['Window of objects', window === null ? 'all' : spanText(window.fromMs, window.toMs + 1)],
  ];
}

function formatFacts({ transform }: Pick<ReplayDraft, 'transform'>): readonly Named[] {
  if (transform === null) return [];
  const { format, compression, key } = transform;
  return [
    ['Format', choiceOfFormat(format)?.label ?? format.kind],
    ['Compression', COMPRESSION_WORDS[compression]],
    ['KPL aggregates', transform.deaggregates ? 'taken apart' : 'sent as they are'],
    ['Partition key', keyText(key)],
  ];
}

function keyText({ prefersArchived, source, fallback }: KeyRule): string {
  const ways = [
    ...(prefersArchived ? ['as archived'] : []),
    ...(source === null
      ? []
      : [source.kind === 'payload-path' ? `payload at ${pathText(source.path)}` : 'object’s key']),
    FALLBACK_WORDS[fallback.kind],
  ];
  return ways.join(', else ');
}

const FALLBACK_WORDS: Readonly<Record<KeyRule['fallback']['kind'], string>> = {
  quarantine: 'quarantine',
  'payload-hash': 'hash of the payload',
  'place-hash': 'hash of its place',
  constant: 'one key for all',
};

function filterFacts({
  filter,
  expression,
}: Pick<ReplayDraft, 'filter' | 'expression'>): readonly Named[] {
  const { window = null, partitionKeys = null, sampling = null, dedup = null } = filter ?? {};
  const hasExpression = expression !== null && expression.trim() !== '';
  const all: readonly Named[] = [
    ...(window === null
      ? []
      : [
          [
            'Records that arrived',
            `${spanText(window.fromMs, window.toMs)}; of unknown time: ${window.unknownTime === 'keep' ? 'sent' : 'not sent'}`,
          ] as const,
        ]),
    ...(partitionKeys === null
      ? []
      : [['Partition keys', countOf(partitionKeys.length, 'key')] as const]),
    ...(sampling === null ? [] : [['Sample', samplingText(sampling)] as const]),
    ...(hasExpression ? [['Expression', 'CEL, on each record'] as const] : []),
    ...(dedup === null
      ? []
      : [
          [
            'Duplicates',
            `not sent, by ${dedup.by === 'content' ? 'key and payload' : 'sequence number'}, within ${formatCount(dedup.capacity)} records`,
          ] as const,
        ]),
  ];
  return all.length === 0 ? [['Filter', 'all records']] : all;
}

function samplingText({ share, by }: Sampling): string {
  return `${formatShare(share)} of ${by === 'key' ? 'the keys, with all of their records' : 'the records'}`;
}

function targetFacts({ target }: Pick<ReplayDraft, 'target'>): readonly Named[] {
  return target === null
    ? []
    : [
        ['Stream', target.streamName],
        ['Written by', target.connection],
      ];
}

const ORDER_WORDS = { none: 'none', 'per-key': 'per partition key', strict: 'strict' } as const;

function paceFacts({
  order,
  pace,
  quarantine,
}: Pick<ReplayDraft, 'order' | 'pace' | 'quarantine'>): readonly Named[] {
  return [
    ...(order === null ? [] : [['Order', ORDER_WORDS[order]] as const]),
    ...paceLines(pace),
    [
      'Stops at',
      `${formatShare(quarantine.share)} in quarantine, from ${countOf(quarantine.unitsMin, 'unit')} on`,
    ],
  ];
}

function paceLines({
  pace,
  idleGapMs,
  freeShare,
  shardCap,
  totalCap,
}: PaceSettings): readonly Named[] {
  const speed = pace.kind === 'maximum' ? 'as fast as allowed' : `${pace.speed} × the archive’s`;
  return [
    ['Pace', speed],
    ...(pace.kind === 'timed' ? [['Longest pause', formatAge(idleGapMs)] as const] : []),
    ['Of what is free', formatShare(freeShare)],
    ...(shardCap === null ? [] : [['Cap of a shard', capText(shardCap)] as const]),
    ...(totalCap === null ? [] : [['Cap of all shards', capText(totalCap)] as const]),
  ];
}

/** The pace alone, in a line. */
export function paceText(pace: PaceSettings): string {
  return paceLines(pace)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

function capText({ bytesPerSecond, recordsPerSecond }: Rates): string {
  return `${formatBytesPerSecond(bytesPerSecond)}, ${formatRecordsPerSecond(recordsPerSecond)}`;
}

function spanText(fromMs: number, toMs: number): string {
  return `${formatInstant(fromMs)} to ${formatInstant(toMs)}`;
}
