import type { ArchiveKind } from './archive-object.ts';

/** A stream that is archived to S3, and in which shapes. */
export type ArchivePlan = {
  readonly streamName: string;
  readonly kinds: readonly ArchiveKind[];
};
