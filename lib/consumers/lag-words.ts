import type { Lag, LagMethod, UnknownLag } from '#lib/domain/consumers/lag.ts';
import { formatAge, formatLag } from '#lib/format/age.ts';
import { UNKNOWN } from '#lib/format/quantity.ts';

/** How each interval was found, as it goes on after "by". */
const METHOD_WORDS: Readonly<Record<LagMethod, string>> = {
  checkpoint: 'checkpoint',
  standing: 'a checkpoint that stands still',
  'caught-up': 'no record after the checkpoint',
  probe: 'probe',
  metric: 'CloudWatch',
};

const METHOD_MEANINGS: Readonly<Record<LagMethod, string>> = {
  checkpoint:
    'The checkpoint’s sequence number carries the time of its record to within 2.5 s, and the checkpoint was written between two readings of the lease: lag is certain for that instant alone.',
  standing:
    'The checkpoint has not moved for longer than this application takes between two, so its place is that of the newest reading.',
  'caught-up': 'CloudWatch counted no record after the checkpoint.',
  probe: 'A record was read at the checkpoint.',
  metric: 'AWS itself measured it.',
};

/** Why no lag is told, as a clause. */
export const UNKNOWN_LAG_WORDS: Readonly<Record<UnknownLag, string>> = {
  'nothing-checkpointed': 'it has not checkpointed anything yet, so its lease holds no place',
  'unreadable-checkpoint': 'its checkpoint is no sequence number whose layout is known',
  'seen-once': 'it was seen once only; when its checkpoint was written is known with the next',
  'no-lease': 'the shard has no lease',
  'no-metric': 'CloudWatch has no datapoint of it',
};

/**
 * The interval in words, without its unit twice where both ends share it.
 * @example lagSpan({ kind: 'interval', atLeastMs: 12_000, atMostMs: 15_400, … }) // '12–15 s'
 * @example '≤ 4 s' @example '0 s' @example '1 min 05 s – 1 min 20 s'
 */
export function lagSpan(lag: Lag): string {
  switch (lag.kind) {
    case 'done':
      return 'none';
    case 'unknown':
      return UNKNOWN;
    case 'interval':
      return spanWords(lag.atLeastMs, lag.atMostMs);
  }
}

/** The same of bounds as they are stored. @param atMost NaN: unknown @example '12–15 s behind' */
export function lagSpanOfSeconds(atLeast: number, atMost: number): string {
  if (Number.isNaN(atMost)) return 'lag unknown';
  return atMost <= 0 ? 'caught up' : `${spanWords(atLeast * 1_000, atMost * 1_000)} behind`;
}

function spanWords(atLeastMs: number, atMostMs: number): string {
  const [from, to] = [formatLag(atLeastMs), ceilLag(atMostMs)];
  if (atMostMs <= 0) return '0 s';
  if (from === to) return to;
  if (atLeastMs <= 0) return `≤ ${to}`;
  const one = /^(\d+) (s|ms|min|h|d)$/;
  const [, low, lowUnit] = one.exec(from) ?? [];
  const unit = one.exec(to)?.[2];
  return low !== undefined && lowUnit === unit ? `${low}–${to}` : `${from} – ${to}`;
}
/** @example '12–15 s behind' @example 'caught up' @example 'worked off' @example 'lag unknown' */
export function lagWords(lag: Lag): string {
  switch (lag.kind) {
    case 'done':
      return 'worked off';
    case 'unknown':
      return 'lag unknown';
    case 'interval':
      return lag.atMostMs <= 0 ? 'caught up' : `${lagSpan(lag)} behind`;
  }
}

/** How it is known and how old that is. @example 'as of 8 s ago, by checkpoint' */
export function lagSource(lag: Lag, nowMs: number): string {
  switch (lag.kind) {
    case 'done':
      return 'the shard is closed, and its lease at SHARD_END';
    case 'unknown':
      return UNKNOWN_LAG_WORDS[lag.reason];
    case 'interval':
      return `as of ${formatAge(nowMs - lag.asOfMs)} ago, by ${METHOD_WORDS[lag.method]}`;
  }
}

/** Why it may be told at all, for those who ask. */
export function lagMeaning(lag: Lag): string {
  switch (lag.kind) {
    case 'done':
      return 'Nothing is left to be read of this shard.';
    case 'unknown':
      return `Unknown: ${UNKNOWN_LAG_WORDS[lag.reason]}.`;
    case 'interval':
      return METHOD_MEANINGS[lag.method];
  }
}

/** Rounded up: an upper bound must not be said lower than it is. */
function ceilLag(ms: number): string {
  if (ms < 1_000) return formatLag(Math.ceil(ms));
  return formatAge(Math.ceil(ms / 1_000) * 1_000);
}
