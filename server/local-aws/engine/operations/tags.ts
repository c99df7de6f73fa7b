import type { Account, StreamRef } from '#server/local-aws/engine/account.ts';
import { EngineStream } from '#server/local-aws/engine/engine-stream.ts';
import { findResource, type Resource } from '#server/local-aws/engine/find-consumer.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertNotInTransit } from './list-shards.ts';

/** Tags a stream may have. Source: AddTagsToStream. */
const TAGS_MAX = 50;

/** Tags of a page of ListTagsForStream. Source: ListTagsForStream, `Limit`. */
const PAGE_TAGS_DEFAULT = 50;

/** What keys and values may be made of, besides letters, digits and spaces of any script. Observed at AWS. */
const TAG_PATTERN = /^[\p{L}\p{N}\p{Z}_./=+\-%@:]*$/u;

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

/**
 * @throws KinesisError InvalidArgument for more than 50 tags or characters that they may not have, ResourceNotFound, and
 * ResourceInUse while the stream is CREATING or DELETING.
 */
export function tagStream(account: Account, input: TagsInput, nowMs: number): void {
  const { name, tags: present } = taggedBy(account, input, nowMs);
  const tags = new Map([...present, ...Object.entries(input.tags)]);
  assertTags(name, account, tags);
  for (const [key, value] of tags) {
    present.set(key, value);
  }
}

/** @throws KinesisError InvalidArgument, ResourceNotFound, and ResourceInUse as for `tagStream`. */
export function untagStream(account: Account, input: UntagInput, nowMs: number): void {
  const { tags } = taggedBy(account, input, nowMs);
  assertTagTexts(input.tagKeys);
  for (const key of input.tagKeys) {
    tags.delete(key);
  }
}

/** Ascending by key. */
export function listTags(account: Account, input: ListTagsInput, nowMs: number): ListTagsOutput {
  const after = input.exclusiveStartTagKey ?? '';
  const rest = [...resourceOf(account, input, nowMs).tags]
    .map(([key, value]) => ({ key, value }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const limit = input.limit ?? PAGE_TAGS_DEFAULT;
  return { tags: rest.slice(0, limit), hasMoreTags: rest.length > limit };
}

/** What is to be tagged. That an UPDATING stream may be is assumed: the reference demands ACTIVE of every operation. */
function taggedBy(account: Account, ref: TaggedRef, nowMs: number): Resource {
  const resource = resourceOf(account, ref, nowMs);
  if (resource instanceof EngineStream) {
    assertNotInTransit(account, resource);
  }
  return resource;
}

function resourceOf(account: Account, ref: TaggedRef, nowMs: number): Resource {
  return ref.resourceArn === undefined
    ? account.stream(ref, nowMs)
    : findResource(account, ref.resourceArn, nowMs);
}

function assertTagTexts(texts: readonly string[]): void {
  if (!texts.every((text) => TAG_PATTERN.test(text))) {
    throw new KinesisError(
      'InvalidArgumentException',
      'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @ :.',
    );
  }
}

/** @throws KinesisError InvalidArgumentException where a resource may not have these tags. */
export function assertTags(
  streamName: string,
  account: Account,
  tags: ReadonlyMap<string, string>,
): void {
  assertTagTexts([...tags].flat());
  if (tags.size > TAGS_MAX) {
    throw new KinesisError(
      'InvalidArgumentException',
      `Failed to add tags to stream ${streamName} under account ${account.options.accountId} because a given stream cannot have more than ${TAGS_MAX} tags associated with it.`,
    );
  }
}
