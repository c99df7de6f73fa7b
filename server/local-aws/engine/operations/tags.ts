import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { findResource } from '#server/local-aws/engine/find-consumer.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';

/** Tags a stream may have. Source: AddTagsToStream. */
const TAGS_MAX = 50;

/** Tags of a page of ListTagsForStream. Source: ListTagsForStream, `Limit`. */
const PAGE_TAGS_DEFAULT = 50;

export type Tag = { readonly key: string; readonly value: string };

/** A stream by name or ARN, or, by `resourceArn`, a stream or a consumer. */
type TaggedRef = StreamRef & { readonly resourceArn?: string | undefined };

export type TagsInput = TaggedRef & { readonly tags: Readonly<Record<string, string>> };
export type UntagInput = TaggedRef & { readonly tagKeys: readonly string[] };
export type ListTagsInput = TaggedRef & {
  readonly exclusiveStartTagKey?: string | undefined;
  readonly limit?: number | undefined;
};
export type ListTagsOutput = { readonly tags: readonly Tag[]; readonly hasMoreTags: boolean };

/** @throws KinesisError InvalidArgument for more than 50 tags, ResourceNotFound. */
export function tagStream(account: Account, input: TagsInput, nowMs: number): void {
  const { name, tags: present } = taggedBy(account, input, nowMs);
  const tags = new Map([...present, ...Object.entries(input.tags)]);
  assertTags(name, account, tags);
  for (const [key, value] of tags) {
    present.set(key, value);
  }
}

export function untagStream(account: Account, input: UntagInput, nowMs: number): void {
  const { tags } = taggedBy(account, input, nowMs);
  for (const key of input.tagKeys) {
    tags.delete(key);
  }
}

/** Ascending by key. */
export function listTags(account: Account, input: ListTagsInput, nowMs: number): ListTagsOutput {
  const after = input.exclusiveStartTagKey ?? '';
  const rest = [...taggedBy(account, input, nowMs).tags]
    .map(([key, value]) => ({ key, value }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const limit = input.limit ?? PAGE_TAGS_DEFAULT;
  return { tags: rest.slice(0, limit), hasMoreTags: rest.length > limit };
}

function taggedBy(account: Account, ref: TaggedRef, nowMs: number) {
  return ref.resourceArn === undefined
    ? account.stream(ref, nowMs)
    : findResource(account, ref.resourceArn, nowMs);
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
