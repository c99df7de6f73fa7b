import { RUN_STATE_LEVELS, RUN_STATE_WORDS, type RunStatus } from './run-status.ts';
import type { ReplayListRow } from './view/list.ts';

/** How a replay of a list is: a draft whose plan was refused is to be looked at, whatever its state says. */
export function rowStatus({ state, failure }: Pick<ReplayListRow, 'state' | 'failure'>): RunStatus {
  const level = RUN_STATE_LEVELS[state];
  const isHeld = failure !== null && level !== 'critical';
  return {
    word: state === 'draft' && failure !== null ? 'Draft, plan refused' : RUN_STATE_WORDS[state],
    level: isHeld ? 'warning' : level,
    words: failure?.words ?? null,
  };
}

/** What it reads; null: that is not decided. @example 's3://archive/firehose/tweets/' */
export function sourceWords({
  source,
  quarantineOf,
}: Pick<ReplayListRow, 'source' | 'quarantineOf'>): string | null {
  if (quarantineOf !== null) return `the quarantine of replay ${quarantineOf}`;
  return source === null ? null : `s3://${source.bucket}/${source.prefix}`;
}
