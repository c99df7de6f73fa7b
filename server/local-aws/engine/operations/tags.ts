import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/** Tags a stream may have. Source: AddTagsToStream. */
const TAGS_MAX = 50;

/** Tags of a page of ListTagsForStream. Source: ListTagsForStream, `Limit`. */
const PAGE_TAGS_DEFAULT = 50;

export type Tag = { readonly key: string; readonly value: string };

export type TagsInput = StreamRef & { readonly tags: Readonly<Record<string, string>> };
export type UntagInput = StreamRef & { readonly tagKeys: readonly string[] };
export type ListTagsInput = StreamRef & {
  readonly exclusiveStartTagKey?: string | undefined;
  readonly limit?: number | undefined;
};
export type ListTagsOutput = { readonly tags: readonly Tag[]; readonly hasMoreTags: boolean };

/** @throws KinesisError InvalidArgument for more than 50 tags, ResourceNotFound. */
export function tagStream(account: Account, input: TagsInput, nowMs: number): void {
  const stream = account.stream(input, nowMs);
  const tags = new Map([...stream.tags, ...Object.entries(input.tags)]);
  assertTags(stream.name, account, tags);
  for (const [key, value] of tags) {
    stream.tags.set(key, value);
  }
}

export function untagStream(account: Account, input: UntagInput, nowMs: number): void {
  const stream = account.stream(input, nowMs);
  for (const key of input.tagKeys) {
    stream.tags.delete(key);
  }
}

/** Ascending by key. */
export function listTags(account: Account, input: ListTagsInput, nowMs: number): ListTagsOutput {
  const after = input.exclusiveStartTagKey ?? '';
  const rest = [...account.stream(input, nowMs).tags]
    .map(([key, value]) => ({ key, value }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const limit = input.limit ?? PAGE_TAGS_DEFAULT;
  return { tags: rest.slice(0, limit), hasMoreTags: rest.length > limit };
}

/** @throws KinesisError InvalidArgumentException when these are more than a stream may have. */
export function assertTags(
  streamName: string,
  account: Account,
  tags: ReadonlyMap<string, string>,
): void {
  if (tags.size > TAGS_MAX) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Failed to add tags to stream ${streamName} under account ${account.options.accountId} because a given stream cannot have more than ${TAGS_MAX} tags associated with it.`,
    );
  }
}
