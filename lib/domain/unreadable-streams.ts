import type { CollectionFailure } from './freshness.ts';

/** Streams that are listed, and cannot be described for the same reason: mostly a permission that is missing. */
export type UnreadableStreams = {
  readonly failure: CollectionFailure;
  readonly streams: readonly {
    readonly streamName: string;
    /** null where the listing tells names alone. */
    readonly streamArn: string | null;
  }[];
};
