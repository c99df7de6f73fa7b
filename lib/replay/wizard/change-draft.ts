import { RECORD_BYTES_MAX_DEFAULT } from '#lib/domain/limits.ts';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource, ReplayDraft, ReplayTarget } from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import type { RecordFormat } from '#lib/domain/replay/transform/format.ts';
import type { SniffView } from '#lib/replay/view/archive-sample.ts';

/** What one decision does to the rest of a draft: what rests on it goes, and all else stays. */

/**
 * Another archive has other times and may be of another format; the same one, described otherwise (its zone, its
 * buffer), keeps what was decided of it.
 */
export function withSource(
  draft: ReplayDraft,
  source: ArchiveSource,
  sourceStreamArn: string | null,
): ReplayDraft {
  const before = draft.source;
  const isSame =
    before !== null &&
    before.connection === source.connection &&
    before.bucket === source.bucket &&
    before.prefix === source.prefix;
  if (isSame) return { ...draft, source, sourceStreamArn };
  return {
    ...draft,
    source,
    sourceStreamArn,
    window: NEW_DRAFT.window,
    transform: NEW_DRAFT.transform,
    filter: draft.filter === null ? null : { ...draft.filter, window: null },
  };
}

/**
 * The window of objects. Records are held to the same times, where they have any, since an object holds what lies beyond
 * them; unless somebody gave records a window of their own.
 */
export function withWindow(draft: ReplayDraft, window: TimeSpan | null): ReplayDraft {
  const filter = draft.filter ?? ALL_RECORDS;
  if (!followsWindow(draft)) return { ...draft, window };
  return { ...draft, window, filter: { ...filter, window: recordWindow(window) } };
}

/** Whether records are held to the window of their objects, or to none where that is all of the archive. */
export function followsWindow({ window, filter }: ReplayDraft): boolean {
  const own = filter?.window ?? null;
  const would = recordWindow(window);
  return own === null
    ? filter === null || would === null
    : own.fromMs === would?.fromMs && own.toMs === would.toMs;
}

/** What holds records to a window of objects; those whose time nobody knows are kept, as only objects are chosen then. */
export function recordWindow(window: TimeSpan | null) {
  return window === null
    ? null
    : { fromMs: window.fromMs, toMs: window.toMs + 1, unknownTime: 'keep' as const };
}

/**
 * What sniffing found, as a beginning, where nobody has chosen a format yet. Aggregates of the KPL are taken apart
 * wherever they are: put again as they are, consumers would drop them.
 */
export function withSniffed(draft: ReplayDraft, sniff: SniffView): ReplayDraft {
  const [best] = sniff.guesses;
  if (draft.transform !== null || best === undefined || sniff.compression === null) return draft;
  return withFormat(draft, best.format, sniff.compression);
}

/** Another format keeps the rule for keys where there is one. */
export function withFormat(
  draft: ReplayDraft,
  format: RecordFormat,
  compression: NonNullable<ReplayDraft['transform']>['compression'],
): ReplayDraft {
  const { transform } = draft;
  return {
    ...draft,
    transform: {
      deaggregates: transform?.deaggregates ?? true,
      recordBytesMax: transform?.recordBytesMax ?? RECORD_BYTES_MAX_DEFAULT,
      key: transform?.key ?? {
        prefersArchived: true,
        source: null,
        // An envelope should have its keys; elsewhere all records are without one, and none would be sent.
        fallback: { kind: format.kind === 'envelope' ? 'quarantine' : 'payload-hash' },
      },
      format,
      compression,
    },
  };
}

/** @param recordBytesMax what the target takes: what is larger cannot be sent, and is not held in memory */
export function withTarget(
  draft: ReplayDraft,
  target: ReplayTarget,
  recordBytesMax: number,
): ReplayDraft {
  return withRecordBytesMax({ ...draft, target }, recordBytesMax);
}

/** The same draft where it says so already, or has no format yet. */
export function withRecordBytesMax(draft: ReplayDraft, recordBytesMax: number): ReplayDraft {
  const { transform } = draft;
  return transform === null || transform.recordBytesMax === recordBytesMax
    ? draft
    : { ...draft, transform: { ...transform, recordBytesMax } };
}
