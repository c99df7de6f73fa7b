import { timeZoneOf } from './plan/time-zone.ts';
import type { PaceSettings, ReplayDraft, ReplaySettings, ReplayStep } from './settings.ts';
import { isPartitionKey } from './transform/key/partition-key.ts';

/** Something that is still to be said or mended: in which step of the wizard, and what, in a sentence. */
export type DraftGap = { readonly step: ReplayStep; readonly words: string };

export type SettingsOfDraft =
  | { readonly ok: true; readonly settings: ReplaySettings; readonly pace: PaceSettings }
  /** In the order of the steps; never empty. */
  | { readonly ok: false; readonly missing: readonly DraftGap[] };

/**
 * What a draft comes to. It is judged by itself: whether the archive can be read, the expression compiles and the target
 * is there is found out when it is planned.
 */
export function settingsOfDraft(draft: ReplayDraft): SettingsOfDraft {
  const { source, transform, target, order } = draft;
  const missing = gapsOfDraft(draft);
  if (
    source === null ||
    transform === null ||
    target === null ||
    order === null ||
    missing.length > 0
  ) {
    return { ok: false, missing };
  }
  return {
    ok: true,
    settings: {
      source,
      sourceStreamArn: draft.sourceStreamArn,
      window: draft.window,
      transform,
      filter: draft.filter ?? ALL_RECORDS,
      expression: wantedExpression(draft.expression),
      target,
      order,
      quarantine: draft.quarantine,
    },
    pace: draft.pace,
  };
}

/** A filter that nobody has touched takes everything. */
export const ALL_RECORDS: ReplaySettings['filter'] = {
  window: null,
  partitionKeys: null,
  sampling: null,
  dedup: null,
};

/** All that is missing or wrong in a draft, in the order of the steps; empty where it can be planned. */
export function gapsOfDraft(draft: ReplayDraft): readonly DraftGap[] {
  return [
    ...at('source', sourceGaps(draft)),
    ...at('format', formatGaps(draft)),
    ...at('filter', filterGaps(draft)),
    ...at('target', draft.target === null ? ['Choose the stream that is written to.'] : []),
    ...at('pace', paceGaps(draft)),
  ];
}

/** An empty expression is none. */
function wantedExpression(expression: string | null): string | null {
  return expression === null || expression.trim() === '' ? null : expression;
}

function sourceGaps({ source, window }: ReplayDraft): readonly string[] {
  if (source === null) return ['Choose an archive, or say where it lies.'];
  return [
    ...(source.connection === '' ? ['Choose the connection by which the archive is read.'] : []),
    ...(source.bucket === '' ? ['Name the bucket of the archive.'] : []),
    ...(timeZoneOf(source.timeZone) !== null
      ? []
      : [`“${source.timeZone}” is no time zone: write one as UTC or Europe/Berlin.`]),
    ...(source.paddingMs >= 0 && Number.isFinite(source.paddingMs)
      ? []
      : ['The buffer interval of the archiver is a time of 0 s or more.']),
    ...(window === null || window.fromMs < window.toMs
      ? []
      : ['The window of the archive ends before it begins.']),
  ];
}

function formatGaps({ transform }: ReplayDraft): readonly string[] {
  if (transform === null) return ['Choose how records lie in the objects.'];
  const { fallback } = transform.key;
  return [
    ...(transform.recordBytesMax > 0 ? [] : ['The largest record is one of 1 byte or more.']),
    ...(fallback.kind === 'constant' && !isPartitionKey(fallback.key)
      ? ['Write the key of records without one: 1 to 256 characters.']
      : []),
    ...(transform.key.source?.kind === 'payload-path' && transform.key.source.path.length === 0
      ? ['Write where in the payload the partition key stands.']
      : []),
  ];
}

function filterGaps({ filter }: ReplayDraft): readonly string[] {
  if (filter === null) return [];
  const { window, partitionKeys, sampling, dedup } = filter;
  return [
    ...(window === null || window.fromMs < window.toMs
      ? []
      : ['The window of records ends before it begins.']),
    ...(partitionKeys === null || (partitionKeys.length > 0 && partitionKeys.every(isPartitionKey))
      ? []
      : ['Write the partition keys that are sent, each of 1 to 256 characters.']),
    ...(sampling === null || isShare(sampling.share)
      ? []
      : ['A sample is more than 0 % and at most all of it.']),
    ...(dedup === null || (Number.isInteger(dedup.capacity) && dedup.capacity > 0)
      ? []
      : ['Duplicates are looked for among a whole number of records, 1 or more.']),
  ];
}

function paceGaps({ order, pace, quarantine }: ReplayDraft): readonly string[] {
  const { shardCap, totalCap } = pace;
  return [
    ...(order === null ? ['Choose which order is kept.'] : []),
    ...(pace.pace.kind === 'maximum' || (pace.pace.speed > 0 && Number.isFinite(pace.pace.speed))
      ? []
      : ['A speed is a number above 0.']),
    ...(pace.idleGapMs >= 0 && Number.isFinite(pace.idleGapMs)
      ? []
      : ['A pause of the archive is played for 0 s or more.']),
    ...(isShare(pace.freeShare)
      ? []
      : ['The share of free capacity is above 0 % and at most 100 %.']),
    ...[shardCap, totalCap].flatMap((cap) =>
      cap === null || (cap.bytesPerSecond > 0 && cap.recordsPerSecond > 0)
        ? []
        : ['A cap is above 0; leave it empty for none.'],
    ),
    ...(quarantine.share >= 0 && quarantine.share <= 1 && quarantine.unitsMin >= 0
      ? []
      : ['What may go to quarantine is a share from 0 % to 100 %.']),
  ];
}

function at(step: ReplayStep, words: readonly string[]): readonly DraftGap[] {
  return words.map((one) => ({ step, words: one }));
}

/** Above 0, up to 1. */
function isShare(share: number): boolean {
  return share > 0 && share <= 1;
}
