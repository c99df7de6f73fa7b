import { HOURS_PER_MONTH, PRICE_REGION } from '#lib/domain/prices.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import { type MonthlyPrice, monthlyPrice, type PricedStream } from '#lib/domain/stream-price.ts';
import { AWS_OWNED_KEY } from '#lib/domain/stream-rules.ts';
import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';

/** @example retentionWords(168) // '168 h (7 days)' */
export function retentionWords(hours: number): string {
  const days = hours / 24;
  return Number.isInteger(days)
    ? `${formatCount(hours)} h (${countOf(days, 'day')})`
    : `${formatCount(hours)} h`;
}

/** @example recordSizeWords(1024) // '1,024 KiB (1 MiB)' */
export function recordSizeWords(kib: number): string {
  const mib = kib / 1_024;
  return Number.isInteger(mib)
    ? `${formatCount(kib)} KiB (${formatCount(mib)} MiB)`
    : `${formatCount(kib)} KiB`;
}

export const MODE_WORDS: Readonly<Record<StreamMode, string>> = {
  PROVISIONED: 'Provisioned',
  ON_DEMAND: 'On-demand',
};

export function encryptionWords(keyId: string | null): string {
  if (keyId === null) return 'Off: records are not encrypted by a key of KMS';
  return keyId === AWS_OWNED_KEY ? `On, by the key that AWS owns (${keyId})` : `On, by ${keyId}`;
}

/** What a stream costs a month before anybody uses it. */
export function priceWords(price: MonthlyPrice): string {
  const sum = price.parts.map(({ what, dollars }) => `${formatDollars(dollars)} ${what}`);
  const parts = sum.length > 1 ? ` (${sum.join(' + ')})` : '';
  return `${formatDollars(price.dollars)} a month${parts}, and ${joined(price.byUse)} by use`;
}

/** How a change moves the monthly price; null where it does not. */
export function priceChangeWords(now: PricedStream, next: PricedStream): string | null {
  const [before, after] = [monthlyPrice(now), monthlyPrice(next)];
  const byUse = after.byUse.filter((use) => !before.byUse.includes(use));
  const difference = after.dollars - before.dollars;
  const more = byUse.length === 0 ? '' : `, and from then on ${joined(byUse)} by use`;
  if (Math.abs(difference) < 0.005) return more === '' ? null : `The price stays${more}.`;
  const direction = difference > 0 ? 'more' : 'less';
  return `${formatDollars(Math.abs(difference))} a month ${direction}: ${formatDollars(before.dollars)} → ${formatDollars(after.dollars)}${more}.`;
}

/** What a price is of, which stands beside it. */
export const PRICE_BASIS = `List price of ${PRICE_REGION}, ${HOURS_PER_MONTH} hours a month; other regions and agreements differ.`;

/** What shortening or lengthening the retention does to the records. */
export function retentionConsequence(now: number, hours: number): string {
  return hours < now
    ? `Records older than ${retentionWords(hours)} become unreadable at once and for good, whoever has not read them. Lengthening it again does not bring them back.`
    : `Records that are stored now live until ${retentionWords(hours)} after they came. What has expired already stays gone.`;
}

export function modeConsequence(mode: StreamMode): string {
  return mode === 'ON_DEMAND'
    ? 'AWS chooses the number of shards from now on: split, merge and UpdateShardCount are refused. Producers and consumers go on; the shards stay as they are.'
    : 'The shards stay as many as they are now, and you choose their number from now on. Producers and consumers go on.';
}

/**
 * What an on-demand stream is kept ready to take; null: nothing is kept for it.
 * @example warmWords({ targetMiBps: 8, currentMiBps: 4 }) // '4 MiB/s, on its way to 8 MiB/s'
 */
export function warmWords(warm: StreamSettings['warmThroughput']): string {
  if (warm === null) return 'None is kept for it';
  const { targetMiBps, currentMiBps } = warm;
  const current = currentMiBps === null ? 'unknown' : `${formatCount(currentMiBps)} MiB/s`;
  return targetMiBps === null || targetMiBps === currentMiBps
    ? current
    : `${current}, on its way to ${formatCount(targetMiBps)} MiB/s`;
}

/** Source: UpdateStreamWarmThroughput. */
export const WARM_RULE =
  'Only accounts with On-demand Advantage (MinimumThroughputBillingCommitment) have it; AWS refuses it to others, and charges for what is kept.';

/** Source: UpdateStreamMode. */
export const MODE_RULE = 'AWS allows a stream two switches of mode within any 24 hours.';

function joined(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
