import type { Finding, FindingId, FindingOf } from '#lib/domain/advice/finding.ts';
import { balanceWords, rangeWords } from './words/balance.ts';
import { growthWords, lagWords, metricsOffWords, nearLimitWords } from './words/limits.ts';
import { coldWords, sizeWords } from './words/size.ts';
import { readThrottleWords, writeThrottleWords } from './words/throttles.ts';

/** One figure that advice rests on, with its unit. */
type NamedFigure = { readonly name: string; readonly value: string };

/** A finding as a person reads it: what, by which figures, and what to do. */
export type Words = {
  readonly title: string;
  readonly sentence: string;
  readonly todo: string;
  readonly figures: readonly NamedFigure[];
};

type WordsOf = { readonly [Id in FindingId]: (finding: FindingOf<Id>) => Words };

const WORDS: WordsOf = {
  'lag-nears-retention': lagWords,
  'writes-throttled': writeThrottleWords,
  'reads-throttled': readThrottleWords,
  'shard-nears-limit': nearLimitWords,
  'too-few-shards': sizeWords,
  'too-many-shards': sizeWords,
  'load-uneven': balanceWords,
  'ranges-uneven': rangeWords,
  'cold-neighbours': coldWords,
  'on-demand-growth': growthWords,
  'shard-metrics-off': metricsOffWords,
};

export function findingWords(finding: Finding): Words {
  // The table has for each id the words of exactly that id, which a union cannot say.
  const words = WORDS[finding.id] as (finding: Finding) => Words;
  return words(finding);
}
