import type { ApplicationView } from '#lib/consumers/application-view.ts';
import { lagSpan, lagWords } from '#lib/consumers/lag-words.ts';
import type { Lag } from '#lib/domain/consumers/lag.ts';
import type { RangeLag } from '#lib/domain/reshard/range-lag.ts';
import { countOf, formatCount } from '#lib/format/count.ts';

/** A consumer of a stream that is to be resharded, by its newest reading. */
export type AffectedConsumerView = Pick<
  ApplicationView,
  'applicationId' | 'connection' | 'streamName' | 'kind' | 'name' | 'observedAtMs'
> & {
  /** In the shards that are closed; null: its kind keeps no leases, or it was not read yet. */
  readonly inRange: RangeLag | null;
  /** Of the stream as a whole; null: not read yet. */
  readonly lag: Lag | null;
};

/** The reading that the words rest on, for its age and its source; null: there is none. */
export function lagOfAffected({ inRange, lag }: AffectedConsumerView): Lag | null {
  return inRange === null ? lag : inRange.worst;
}

/**
 * What a plan means to a consumer, as it goes on after its name.
 * @example affectedWords(view, { closing: 2, merges: 1 })
 * // 'is 12–15 s behind at most in the 2 shards that are closed, and reads them to their end first.'
 */
export function affectedWords(
  { inRange, lag }: AffectedConsumerView,
  { closing, merges }: { readonly closing: number; readonly merges: number },
): string {
  if (inRange === null) {
    return lag === null
      ? 'was not read yet: how far it is behind is not known.'
      : `is ${lagWords(lag)}, told of the stream as a whole: its kind keeps no leases.`;
  }
  const { worst, unknownCount, holdingCount } = inRange;
  const where = `the ${countOf(closing, 'shard')} that ${closing === 1 ? 'is' : 'are'} closed`;
  const order = `reads ${closing === 1 ? 'it to its' : 'them to their'} end first`;
  const known =
    worst === null
      ? `${order}; how far it is behind in ${where} is not known.`
      : worst.atMostMs <= 0
        ? `is caught up in ${where}, and ${order}.`
        : `is ${lagSpan(worst)} behind at most in ${where}, and ${order}.`;
  const unknown =
    worst !== null && unknownCount > 0
      ? ` Of ${formatCount(unknownCount)} of them its lag is not known.`
      : '';
  const held =
    merges > 0 && holdingCount > 0
      ? ` Merges of ${formatCount(holdingCount)} of them wait until it has caught up.`
      : '';
  return `${known}${unknown}${held}`;
}
