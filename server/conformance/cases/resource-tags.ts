import {
  AddTagsToStreamCommand,
  ListTagsForResourceCommand,
  RegisterStreamConsumerCommand,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { activeConsumer } from '#server/conformance/kinesis/consumers.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';
import { numberedTags } from './tags.ts';

function tag(t: CaseTools, arn: string, tags: Record<string, string>): Promise<unknown> {
  return t.kinesis.send(new TagResourceCommand({ ResourceARN: arn, Tags: tags }));
}

function untag(t: CaseTools, arn: string, keys: string[]): Promise<unknown> {
  return t.kinesis.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: keys }));
}

/** As "key=value", in order. */
async function tagsOf(t: CaseTools, arn: string): Promise<string[]> {
  const { Tags = [] } = await t.kinesis.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
  return Tags.map(({ Key, Value }: Tag) => `${Key}=${Value ?? ''}`).sort();
}

/** The ARN that a consumer would have which does not exist. */
async function consumerOfNothing(t: CaseTools): Promise<string> {
  const { arn } = await t.sharedStream();
  return `${arn}/consumer/nobody:1700000000`;
}

/** TagResource, UntagResource and ListTagsForResource. */
export const resourceTagsCases: readonly Case[] = [
  defineCase({
    name: 'TagResource / a stream: adds and overwrites',
    operation: 'TagResource',
    behaviour: 'success',
    expected: 'a=2, b=1, c=2',
    source: apiReference(
      'TagResource',
      'Adds or updates tags for the specified Kinesis resource. Each tag is a label consisting of a user-defined key and value.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      await tag(t, arn, { a: '1', b: '1' });
      await tag(t, arn, { a: '2', c: '2' });
      t.same('tags', await tagsOf(t, arn), ['a=2', 'b=1', 'c=2']);
    },
  }),
  defineCase({
    name: 'TagResource / a consumer',
    operation: 'TagResource',
    behaviour: 'success',
    expected: 'the tags of the consumer, none of the stream',
    source: apiReference(
      'TagResource',
      'ResourceARN: The Amazon Resource Name (ARN) of the Kinesis resource to which to add tags.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const consumer = await activeConsumer(t, arn);
      await tag(t, consumer, { a: '1' });
      t.same('of the consumer', await tagsOf(t, consumer), ['a=1']);
      t.same('of the stream', await tagsOf(t, arn), []);
    },
  }),
  defineRefusal({
    operation: 'TagResource',
    behaviour: 'missing-resource',
    title: 'no such consumer',
    exception: 'ResourceNotFoundException',
    source: apiReference(
      'TagResource',
      'ResourceNotFoundException: The requested resource could not be found.',
    ),
    async prepare(t) {
      const arn = await consumerOfNothing(t);
      return () => tag(t, arn, { a: 'b' });
    },
  }),
  defineRefusal({
    operation: 'TagResource',
    behaviour: 'invalid-argument',
    title: 'no tag',
    exception: BAD_PARAMETER,
    source: apiReference(
      'TagResource',
      'Tags: Map Entries: Minimum number of 1 item. Maximum number of 50 items.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => tag(t, arn, {});
    },
  }),
  defineRefusal({
    operation: 'TagResource',
    behaviour: 'invalid-argument',
    title: 'a key with a semicolon',
    exception: BAD_PARAMETER,
    source: apiReference(
      'TagResource',
      'Tags may only contain Unicode letters, digits, white space, or these symbols: _ . : / = + - @.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => tag(t, arn, { 'a;b': 'c' });
    },
  }),
  defineRefusal({
    operation: 'TagResource',
    behaviour: 'limit',
    title: 'a 51st tag',
    exception: [...BAD_PARAMETER, 'LimitExceededException'],
    source: apiReference('TagResource', 'You can assign up to 50 tags to a Kinesis resource.'),
    async prepare(t) {
      const { arn } = await t.streams.make();
      await tag(t, arn, numberedTags(0, 50));
      return () => tag(t, arn, { one: 'more' });
    },
  }),
  refusedWhileCreating('TagResource', (t, { arn }) => tag(t, arn, { a: 'b' })),
  defineCase({
    name: 'UntagResource / removes these keys, and passes over unknown ones',
    operation: 'UntagResource',
    behaviour: 'success',
    expected: 'only b is left',
    source: apiReference(
      'UntagResource',
      'TagKeys: A list of tag key-value pairs. Existing tags of the resource whose keys are members of this list will be removed from the Kinesis resource.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      await tag(t, arn, { a: '1', b: '2', c: '3' });
      await untag(t, arn, ['a', 'c', 'unknown']);
      t.same('tags', await tagsOf(t, arn), ['b=2']);
    },
  }),
  defineRefusal({
    operation: 'UntagResource',
    behaviour: 'missing-resource',
    title: 'no such consumer',
    exception: 'ResourceNotFoundException',
    source: apiReference(
      'UntagResource',
      'ResourceNotFoundException: The requested resource could not be found.',
    ),
    async prepare(t) {
      const arn = await consumerOfNothing(t);
      return () => untag(t, arn, ['a']);
    },
  }),
  defineRefusal({
    operation: 'UntagResource',
    behaviour: 'invalid-argument',
    title: 'no key',
    exception: BAD_PARAMETER,
    source: apiReference(
      'UntagResource',
      'TagKeys: Array Members: Minimum number of 1 item. Maximum number of 50 items.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => untag(t, arn, []);
    },
  }),
  defineRefusal({
    operation: 'UntagResource',
    behaviour: 'limit',
    title: '51 keys',
    exception: BAD_PARAMETER,
    source: apiReference(
      'UntagResource',
      'TagKeys: Array Members: Minimum number of 1 item. Maximum number of 50 items.',
    ),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => untag(t, arn, Object.keys(numberedTags(0, 51)));
    },
  }),
  refusedWhileCreating('UntagResource', (t, { arn }) => untag(t, arn, ['a']), {
    wish: { Tags: { a: 'b' } },
  }),
  defineCase({
    name: 'ListTagsForResource / of a stream are those of AddTagsToStream',
    operation: 'ListTagsForResource',
    behaviour: 'success',
    expected: 'the tags that AddTagsToStream made',
    source: apiReference(
      'ListTagsForResource',
      'List all tags added to the specified Kinesis resource.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      await t.kinesis.send(new AddTagsToStreamCommand({ StreamName: name, Tags: { a: '1' } }));
      t.same('tags', await tagsOf(t, arn), ['a=1']);
    },
  }),
  defineCase({
    name: 'ListTagsForResource / of a consumer registered with tags',
    operation: 'ListTagsForResource',
    behaviour: 'success',
    expected: 'these tags',
    source: apiReference(
      'RegisterStreamConsumer',
      'You can add tags to the registered consumer when making a RegisterStreamConsumer request by setting the Tags parameter. ... Tags will take effect from the CREATING status of the consumer.',
    ),
    async run(t) {
      const { arn } = await t.streams.make();
      const { Consumer } = await t.kinesis.send(
        new RegisterStreamConsumerCommand({
          StreamARN: arn,
          ConsumerName: 'reader',
          Tags: { team: 'a' },
        }),
      );
      t.same('tags', await tagsOf(t, Consumer?.ConsumerARN ?? ''), ['team=a']);
    },
  }),
];
