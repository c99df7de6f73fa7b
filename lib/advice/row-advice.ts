import { consumerHealth } from '#lib/consumers/worst-consumer.ts';
import { advise } from '#lib/domain/advice/advise.ts';
import type { Finding } from '#lib/domain/advice/finding.ts';
import { wasReadSinceFailure } from '#lib/domain/freshness.ts';
import type { Health } from '#lib/domain/health.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { type AdvisedReshard, advisedReshards } from './advised-reshards.ts';
import { findingWords, type Words } from './finding-words.ts';
import { rowFacts } from './row-facts.ts';

/** What needs somebody, in words; `finding` is null where it is no shard's matter but a consumer's. */
export type RowAdvice = { readonly words: Words; readonly finding: Finding | null };

/**
 * The gravest that the newest period alone tells of a stream whose figures are of now; null where nothing needs
 * doing. Health names the same matter: both ask in the same order (lib/domain/health.ts, lib/domain/advice).
 */
export function worstOfRow(row: StreamRow, health: Health): RowAdvice | null {
  if (health.level !== 'critical' && health.level !== 'warning') return null;
  // Whatever its last figures say, nothing of it can be changed any more.
  if (row.status === 'DELETING') return null;
  const consumer = row.consumers?.worst == null ? null : consumerHealth(row.consumers.worst);
  if (consumer !== null && consumer.reason === health.reason) {
    const { reason, todo } = consumer;
    const title = reason.replace(/\.$/, '');
    return { words: { title, sentence: reason, todo, figures: [] }, finding: null };
  }
  const [worst] = advise(rowFacts(row)).filter(({ severity }) => severity !== 'info');
  return worst === undefined ? null : { words: findingWords(worst), finding: worst };
}

/** The reshards that would help against it, the likeliest first. */
export function rowReshards(row: StreamRow, health: Health): readonly AdvisedReshard[] {
  const finding = worstOfRow(row, health)?.finding ?? null;
  return finding === null ? [] : advisedReshards(finding);
}

/** What to do about a stream's health, as the line that tells of its health goes on. null: nothing. */
export function rowAdvice(row: StreamRow, health: Health): string | null {
  if (row.status === 'DELETING') {
    return 'AWS takes no more records of it, and lets none be read; nothing brings them back. Nothing of it can be changed, and its name is free again once it is gone.';
  }
  if (health.level === 'ok') return null;
  if (health.level === 'unknown') {
    if (row.period === null)
      return 'They come with the first full period after its metrics are read.';
    if (wasReadSinceFailure(row.collection))
      return 'The figures have been read since then all the same, and are as old as is said above. What may be out of date is the list of shards, and the settings.';
    return 'What is shown are the last figures that were read. They are renewed as soon as reading works again.';
  }
  const worst = worstOfRow(row, health);
  return worst?.words.todo ?? null;
}
