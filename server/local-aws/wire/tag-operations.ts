import type { Tag } from '#server/local-aws/engine/operations/tags.ts';
import { resourceArn, streamRef, tagKey, tagValue, toStreamRef } from './members.ts';
import { type OperationTable, operation } from './operation.ts';
import { integer, list, required, structure, textMap } from './shape.ts';
import type { WireValue } from './wire-value.ts';

const tags = { Tags: required(textMap(tagKey, tagValue, { min: 1, max: 200 })) };
const tagKeys = { TagKeys: required(list(required(tagKey), { min: 1, max: 50 })) };
const resource = { ResourceARN: required(resourceArn) };

/** Tags of streams, by the older operations, and of streams and consumers, by the ones that name a resource. */
export const TAG_OPERATIONS: OperationTable = {
  AddTagsToStream: operation(structure({ ...streamRef, ...tags }), (input, call) => {
    call.engine.tagStream({ ...toStreamRef(input), tags: input.Tags }, call.nowMs);
    return {};
  }),

  RemoveTagsFromStream: operation(structure({ ...streamRef, ...tagKeys }), (input, call) => {
    call.engine.untagStream({ ...toStreamRef(input), tagKeys: input.TagKeys }, call.nowMs);
    return {};
  }),

  ListTagsForStream: operation(
    structure({
      ...streamRef,
      ExclusiveStartTagKey: tagKey,
      Limit: integer({ min: 1, max: 50 }),
    }),
    (input, { engine, nowMs }) => {
      const output = engine.listTags(
        {
          ...toStreamRef(input),
          exclusiveStartTagKey: input.ExclusiveStartTagKey,
          limit: input.Limit,
        },
        nowMs,
      );
      return { Tags: output.tags.map(tagMember), HasMoreTags: output.hasMoreTags };
    },
  ),

  TagResource: operation(structure({ ...resource, ...tags }), (input, { engine, nowMs }) => {
    engine.tagStream({ resourceArn: input.ResourceARN, tags: input.Tags }, nowMs);
    return {};
  }),

  UntagResource: operation(structure({ ...resource, ...tagKeys }), (input, { engine, nowMs }) => {
    engine.untagStream({ resourceArn: input.ResourceARN, tagKeys: input.TagKeys }, nowMs);
    return {};
  }),

  ListTagsForResource: operation(structure(resource), (input, { engine, nowMs }) => ({
    Tags: engine.listTags({ resourceArn: input.ResourceARN }, nowMs).tags.map(tagMember),
  })),
};

function tagMember({ key, value }: Tag): WireValue {
  return { Key: key, Value: value };
}
