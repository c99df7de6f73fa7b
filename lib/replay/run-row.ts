import { formatInstant, wallTime, type Zone } from '#lib/format/time.ts';
import { RUN_STATE_LEVELS, RUN_STATE_WORDS, type RunStatus } from './run-status.ts';
import type { ReplayListRow } from './view/list.ts';

/** How a replay of a list is: a draft whose plan was refused is to be looked at, whatever its state says. */
export function rowStatus({
  state,
  failure,
}: Pick<ReplayListRow, 'state' | 'failure'>): Omit<RunStatus, 'sinceMs'> {
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

/** Of which time of the archive; a window holds its last millisecond. @example '2026-11-23 12:00:00 to 2026-11-23 14:00:00 UTC' */
export function windowWords(
  { window, source }: Pick<ReplayListRow, 'window' | 'source'>,
  zone: Zone,
) {
  if (window !== null) {
    return `${wallTime(window.fromMs, zone)} to ${formatInstant(window.toMs + 1, zone)}`;
  }
  return source === null ? '' : 'all of its time';
}
