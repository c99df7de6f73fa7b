import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';

/** What a draft of a test has to say; all else is as a new one has it. */
export type DraftOptions = {
  readonly connection: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Where a record's JSON has its partition key. */
  readonly keyPath: readonly string[];
  readonly target: ReplayDraft['target'];
};

/** A draft that can be planned: of an archive of gzipped JSON lines. */
export function draftOf({ connection, bucket, prefix, keyPath, target }: DraftOptions) {
  return {
    ...NEW_DRAFT,
    source: { connection, bucket, prefix, timeZone: 'UTC', paddingMs: 0 },
    transform: {
      compression: 'gzip',
      format: { kind: 'lines', lineEnds: 'lf' },
      deaggregates: false,
      key: {
        prefersArchived: true,
        source: { kind: 'payload-path', path: keyPath },
        fallback: { kind: 'quarantine' },
      },
      recordBytesMax: 1_048_576,
    },
    target,
  } as const satisfies ReplayDraft;
}
