import {
  AddTagsToStreamCommand,
  ListTagsForStreamCommand,
  RemoveTagsFromStreamCommand,
  type Tag,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER, observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

function add(t: CaseTools, name: string, tags: Record<string, string>): Promise<unknown> {
  return t.kinesis.send(new AddTagsToStreamCommand({ StreamName: name, Tags: tags }));
}

function remove(t: CaseTools, name: string, keys: string[]): Promise<unknown> {
  return t.kinesis.send(new RemoveTagsFromStreamCommand({ StreamName: name, TagKeys: keys }));
}

/** All tags, over all pages, as "key=value" in order. */
async function tagsOf(t: CaseTools, name: string): Promise<string[]> {
  const tags: Tag[] = [];
  let more = true;
  while (more) {
    const after = tags.at(-1)?.Key;
    const page = await t.kinesis.send(
      new ListTagsForStreamCommand({
        StreamName: name,
        ...(after === undefined ? {} : { ExclusiveStartTagKey: after }),
      }),
    );
    tags.push(...(page.Tags ?? []));
    more = page.HasMoreTags === true && (page.Tags ?? []).length > 0;
  }
  return tags.map(({ Key, Value }) => `${Key}=${Value ?? ''}`).sort();
}

export function numberedTags(from: number, to: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: to - from }, (_none, index) => [
      `k${String(from + index).padStart(3, '0')}`,
      `v${from + index}`,
    ]),
  );
}

const ODD_CHARACTERS =
  "'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @ :.'";

/** AddTagsToStream, RemoveTagsFromStream and ListTagsForStream. */
export const tagsCases: readonly Case[] = [
  defineCase({
    name: 'AddTagsToStream / adds, and overwrites the tags of these keys only',
    operation: 'AddTagsToStream',
    behaviour: 'success',
    expected: 'a=2, b=1, c=2',
    source: apiReference(
      'AddTagsToStream',
      'If tags have already been assigned to the stream, AddTagsToStream overwrites any existing tags that correspond to the specified tag keys.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await add(t, name, { a: '1', b: '1' });
      await add(t, name, { a: '2', c: '2' });
      t.same('tags', await tagsOf(t, name), ['a=2', 'b=1', 'c=2']);
    },
  }),
  defineCase({
    name: 'AddTagsToStream / letters of any script, white space and symbols',
    operation: 'AddTagsToStream',
    behaviour: 'success',
    expected: 'the tags are listed as given',
    source: observedByKinesalite(
      'removeTagsFromStream',
      "Tags: {a: 'a', 'ü0 _.': 'a', '/=+-@:': 'a'} ... res.body.Tags.should.containEql({Key: 'ü0 _.', Value: 'a'})",
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await add(t, name, { 'ü0 _.': 'a', '/=+-@:': 'b', empty: '' });
      t.same('tags', await tagsOf(t, name), ['/=+-@:=b', 'empty=', 'ü0 _.=a']);
    },
  }),
  defineCase({
    name: 'AddTagsToStream / 50 tags',
    operation: 'AddTagsToStream',
    behaviour: 'success',
    expected: '50 tags',
    source: apiReference('AddTagsToStream', 'You can assign up to 50 tags to a data stream.'),
    async run(t) {
      const { name } = await t.streams.make();
      await add(t, name, numberedTags(0, 10));
      await add(t, name, numberedTags(10, 50));
      t.same('number of tags', (await tagsOf(t, name)).length, 50);
    },
  }),
  defineRefusal({
    operation: 'AddTagsToStream',
    behaviour: 'limit',
    title: 'a 51st tag',
    exception: [...BAD_PARAMETER, 'LimitExceededException'],
    source: apiReference('AddTagsToStream', 'You can assign up to 50 tags to a data stream.'),
    async prepare(t) {
      const { name } = await t.streams.make();
      await add(t, name, numberedTags(0, 25));
      await add(t, name, numberedTags(25, 50));
      return () => add(t, name, { one: 'more' });
    },
  }),
  defineRefusal({
    operation: 'AddTagsToStream',
    behaviour: 'invalid-argument',
    title: 'no tag',
    exception: 'ValidationException',
    message:
      /at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1/,
    source: observedByKinesalite(
      'addTagsToStream',
      "Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => add(t, name, {});
    },
  }),
  ...[
    ['a key of 129 characters', { ['k'.repeat(129)]: 'v' }],
    ['a value of 257 characters', { k: 'v'.repeat(257) }],
  ].map(([title, tags]) =>
    defineRefusal({
      operation: 'AddTagsToStream',
      behaviour: 'invalid-argument',
      title: String(title),
      exception: BAD_PARAMETER,
      source: apiReference(
        'AddTagsToStream',
        'Tags: Key Length Constraints: Minimum length of 1. Maximum length of 128. Value Length Constraints: Minimum length of 0. Maximum length of 256.',
      ),
      async prepare(t) {
        const { name } = await t.sharedStream();
        return () => add(t, name, { ...(tags as Record<string, string>) });
      },
    }),
  ),
  ...['a;b', 'a\tb', 'a,b'].map((key) =>
    defineRefusal({
      operation: 'AddTagsToStream',
      behaviour: 'invalid-argument',
      title: `the key ${JSON.stringify(key)}`,
      exception: 'InvalidArgumentException',
      source: observedByKinesalite('removeTagsFromStream', ODD_CHARACTERS),
      async prepare(t) {
        const { name } = await t.sharedStream();
        return () => add(t, name, { [key]: 'v' });
      },
    }),
  ),
  refusedWhileCreating('AddTagsToStream', (t, { name }) => add(t, name, { a: 'b' }), {
    source: apiReference(
      'CreateStream',
      "Tags will take effect from the CREATING status of the stream, but you can't make any updates to the tags until the stream is in ACTIVE state.",
    ),
  }),
  defineCase({
    name: 'RemoveTagsFromStream / removes these keys, and passes over unknown ones',
    operation: 'RemoveTagsFromStream',
    behaviour: 'success',
    expected: 'only b is left',
    source: apiReference(
      'RemoveTagsFromStream',
      'If you specify a tag that does not exist, it is ignored.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await add(t, name, { a: '1', b: '2', c: '3' });
      await remove(t, name, ['a', 'c', 'unknown']);
      t.same('tags', await tagsOf(t, name), ['b=2']);
    },
  }),
  defineRefusal({
    operation: 'RemoveTagsFromStream',
    behaviour: 'invalid-argument',
    title: 'no key',
    exception: 'ValidationException',
    message:
      /Value '\[\]' at 'tagKeys' failed to satisfy constraint: Member must have length greater than or equal to 1/,
    source: observedByKinesalite(
      'removeTagsFromStream',
      "Value '[]' at 'tagKeys' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => remove(t, name, []);
    },
  }),
  defineRefusal({
    operation: 'RemoveTagsFromStream',
    behaviour: 'invalid-argument',
    title: 'a key of 129 characters',
    exception: 'ValidationException',
    message:
      /at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: \[Member must have length less than or equal to 128, Member must have length greater than or equal to 1/,
    source: observedByKinesalite(
      'removeTagsFromStream',
      "at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => remove(t, name, ['a', 'k'.repeat(129), 'b']);
    },
  }),
  defineRefusal({
    operation: 'RemoveTagsFromStream',
    behaviour: 'limit',
    title: '51 keys',
    exception: BAD_PARAMETER,
    source: apiReference(
      'RemoveTagsFromStream',
      'TagKeys: Array Members: Minimum number of 1 item. Maximum number of 50 items.',
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => remove(t, name, Object.keys(numberedTags(0, 51)));
    },
  }),
  defineRefusal({
    operation: 'RemoveTagsFromStream',
    behaviour: 'invalid-argument',
    title: 'the key "abc;def"',
    exception: 'InvalidArgumentException',
    source: observedByKinesalite('removeTagsFromStream', ODD_CHARACTERS),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => remove(t, name, ['abc;def']);
    },
  }),
  refusedWhileCreating('RemoveTagsFromStream', (t, { name }) => remove(t, name, ['a']), {
    wish: { Tags: { a: 'b' } },
  }),
  defineCase({
    name: 'ListTagsForStream / a stream without tags',
    operation: 'ListTagsForStream',
    behaviour: 'success',
    expected: 'Tags [], HasMoreTags false',
    source: apiReference(
      'ListTagsForStream',
      'HasMoreTags: If set to true, more tags are available.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const answer = await t.kinesis.send(new ListTagsForStreamCommand({ StreamName: name }));
      t.same('Tags', answer.Tags, []);
      t.same('HasMoreTags', answer.HasMoreTags, false);
    },
  }),
  defineCase({
    name: 'ListTagsForStream / pages by Limit and ExclusiveStartTagKey',
    operation: 'ListTagsForStream',
    behaviour: 'paging',
    expected: 'pages of 2, 2 and 1; HasMoreTags but for the last; each tag once',
    source: apiReference(
      'ListTagsForStream',
      'If this number is less than the total number of tags associated with the stream, HasMoreTags is set to true. To list additional tags, set ExclusiveStartTagKey to the last key in the response.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      await add(t, name, numberedTags(0, 5));
      const sizes: number[] = [];
      const keys: string[] = [];
      const more: (boolean | undefined)[] = [];
      for (let page = 0; page < 4 && more.at(-1) !== false; page += 1) {
        const after = keys.at(-1);
        const answer = await t.kinesis.send(
          new ListTagsForStreamCommand({
            StreamName: name,
            Limit: 2,
            ...(after === undefined ? {} : { ExclusiveStartTagKey: after }),
          }),
        );
        sizes.push(answer.Tags?.length ?? 0);
        more.push(answer.HasMoreTags);
        keys.push(...(answer.Tags ?? []).map(({ Key }) => Key ?? ''));
      }
      t.same('sizes of pages', sizes, [2, 2, 1]);
      t.same('HasMoreTags', more, [true, true, false]);
      t.same('keys', keys.toSorted(), Object.keys(numberedTags(0, 5)));
    },
  }),
  defineRefusal({
    operation: 'ListTagsForStream',
    behaviour: 'invalid-argument',
    title: 'Limit 0',
    exception: 'ValidationException',
    message:
      /Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1/,
    source: observedByKinesalite(
      'listTagsForStream',
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => t.kinesis.send(new ListTagsForStreamCommand({ StreamName: name, Limit: 0 }));
    },
  }),
  defineRefusal({
    operation: 'ListTagsForStream',
    behaviour: 'limit',
    title: 'Limit 51',
    exception: BAD_PARAMETER,
    source: apiReference(
      'ListTagsForStream',
      'Limit: Valid Range: Minimum value of 1. Maximum value of 50.',
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => t.kinesis.send(new ListTagsForStreamCommand({ StreamName: name, Limit: 51 }));
    },
  }),
];
