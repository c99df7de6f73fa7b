import type { StreamTags } from '#lib/domain/stream-settings.ts';

/** What is known of the tags of all present streams. A stream that stands nowhere here was not read yet. */
export type StreamTagsView = {
  /** The database's clock. */
  readonly serverTimeMs: number;
  readonly known: readonly KnownTags[];
  /** Why tags cannot be read now, by cause. Those that were read before are among `known` all the same. */
  readonly failures: readonly TagsFailure[];
};

type KnownTags = {
  readonly streamId: number;
  readonly tags: StreamTags;
  readonly readAtMs: number;
};

export type TagsFailure = {
  readonly message: string;
  /** The permission that is missing, as IAM writes it; null: none is. */
  readonly deniedAction: string | null;
  readonly streamIds: readonly number[];
};

export type TagsByStream = ReadonlyMap<number, KnownTags>;

export function tagsByStream(view: StreamTagsView): TagsByStream {
  return new Map(view.known.map((known) => [known.streamId, known]));
}
