import type { ReplayRecord } from '#lib/domain/replay/record.ts';
import type { KeyFallback } from '#lib/domain/replay/transform/key/recover-key.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import type { KeySummary, SampleView } from '#lib/replay/view/archive-sample.ts';

export const KEY_SOURCE_WORDS: Readonly<Record<ReplayRecord['keySource'], string>> = {
  archived: 'as archived',
  'payload-path': 'from the payload',
  'object-key': 'from the object’s key',
  'payload-hash': 'hash of the payload',
  'place-hash': 'hash of its place',
  constant: 'constant',
};

/** What becomes of records without a key, to be chosen; what each costs is said with it. */
export const FALLBACK_CHOICES: readonly {
  readonly kind: KeyFallback['kind'];
  readonly label: string;
  readonly detail: string;
}[] = [
  {
    kind: 'quarantine',
    label: 'Quarantine',
    detail: 'It is not sent, and kept with its reason to be looked at.',
  },
  {
    kind: 'payload-hash',
    label: 'SHA-256 of its payload',
    detail:
      'Spreads evenly; equal payloads go to one shard. What belongs together does not stay together.',
  },
  {
    kind: 'place-hash',
    label: 'SHA-256 of its place in the archive',
    detail: 'Spreads evenly, equal payloads too. What belongs together does not stay together.',
  },
  {
    kind: 'constant',
    label: 'One key for all',
    detail: 'All of them go to one shard: at most 1 MiB and 1,000 records a second.',
  },
];

/** How many of the records that were looked at have a key that is their own. */
export function hitWords({ hitShare, records, withoutKey }: KeySummary): string {
  if (hitShare === null) return 'No record was looked at.';
  const rest =
    withoutKey > 0
      ? `; ${countOf(withoutKey, 'record')} without any go to quarantine`
      : hitShare < 1
        ? '; the fallback makes up the others'
        : '';
  return `${formatShare(hitShare)} of ${countOf(records, 'record')} have a key of their own${rest}.`;
}

/** What the largest key means for a target: one key is one shard. */
export function largestKeyWords({ largest, differentKeys, areAllCounted }: KeySummary): string {
  if (largest === null) return 'No record has a key.';
  const keys = `${areAllCounted ? '' : 'at least '}${countOf(differentKeys, 'different key')}`;
  const share = formatShare(largest.share);
  if (differentKeys === 1) {
    return `All have one key: everything goes to one shard, at most 1 MiB and 1,000 records a second, however many shards there are.`;
  }
  return largest.share >= HOT_SHARE
    ? `${capital(keys)}. The largest has ${share}: so much goes to one shard, which the others wait for at full pace.`
    : `${capital(keys)}. The largest has ${share} of the records.`;
}

/** A key that has more than so much of all records holds up a replay that has several shards. */
const HOT_SHARE = 0.25;

/** What the filter makes of what was looked at. @example '12 of 20 records are sent; 8 are not: 8 have another key.' */
export function filterWords({ totals }: Pick<SampleView, 'totals'>): string {
  const { records, kept, dropped, failed, quarantined } = totals;
  const reasons = dropped.map((one) => `${formatCount(one.records)} ${one.words}`);
  const parts = [
    `${formatCount(kept)} of ${countOf(records, 'record')} would be sent`,
    ...(reasons.length === 0 ? [] : [`dropped: ${reasons.join(', ')}`]),
    ...(failed === 0
      ? []
      : [`${formatCount(failed)} go to quarantine, as the expression failed on them`]),
    ...(quarantined === 0 ? [] : [`${formatCount(quarantined)} more could not be read as records`]),
  ];
  return `${parts.join('; ')}.`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
