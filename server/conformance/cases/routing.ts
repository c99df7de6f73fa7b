import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import {
  boundariesOf,
  gapIn,
  HASH_KEYS,
  hashKeyOf,
  openShards,
  rangeOf,
  shardFor,
  unevenBoundary,
} from '#server/conformance/kinesis/hash-keys.ts';
import { observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { put } from '#server/conformance/kinesis/writing.ts';

const MD5 = apiReference(
  'PutRecord',
  'An MD5 hash function is used to map partition keys to 128-bit integer values and to map associated data records to shards using the hash key ranges of the shards.',
);
/** With three shards AWS was seen to cut at these. */
const OBSERVED_THIRDS = observedByKinesalite(
  'listShards',
  "StartingHashKey: '113427455640312821154458202477256070485', EndingHashKey: '226854911280625642308916404954512140969'",
);

function cutsEvenly(count: number, boundaries: readonly string[], source = OBSERVED_THIRDS): Case {
  return defineCase({
    name: `CreateStream / ${count} ${count === 1 ? 'shard takes' : 'shards cut'} the hash keys evenly`,
    operation: 'CreateStream',
    behaviour: 'routing',
    expected: `boundaries at ${boundaries.join(', ') || 'none'}; from 0 to 2^128 - 1 without a gap`,
    source,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: count });
      const shards = await t.streams.shards(name);
      t.same('boundaries', boundariesOf(shards), [...boundaries]);
      t.same('a gap', gapIn(shards.map(rangeOf)), undefined);
      t.same(
        'shard ids from left to right',
        openShards(shards).map(({ ShardId }) => ShardId),
        shards.map((_shard, index) => `shardId-${String(index).padStart(12, '0')}`),
      );
      t.same(
        'parents',
        shards.flatMap(({ ParentShardId, AdjacentParentShardId }) =>
          [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
        ),
        [],
      );
    },
  });
}

/** Which shard a record goes to. */
export const routingCases: readonly Case[] = [
  cutsEvenly(1, []),
  cutsEvenly(2, ['170141183460469231731687303715884105728']),
  cutsEvenly(3, [
    '113427455640312821154458202477256070485',
    '226854911280625642308916404954512140970',
  ]),
  cutsEvenly(
    5,
    [
      '68056473384187692692674921486353642291',
      '136112946768375385385349842972707284582',
      '204169420152563078078024764459060926873',
      '272225893536750770770699685945414569164',
    ],
    {
      url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html',
      quote:
        '"EndingHashKey": "68056473384187692692674921486353642290", "StartingHashKey": "0" ... "StartingHashKey": "272225893536750770770699685945414569164"',
    },
  ),
  defineCase({
    name: 'CreateStream / 7 shards cut the hash keys evenly',
    operation: 'CreateStream',
    behaviour: 'routing',
    expected:
      'each boundary within 7 hash keys of its seventh, since no listing of seven was seen; no gap',
    source: OBSERVED_THIRDS,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 7 });
      const shards = await t.streams.shards(name);
      t.same('shards', shards.length, 7);
      t.same('a boundary elsewhere', unevenBoundary(shards), undefined);
      t.same('a gap', gapIn(shards.map(rangeOf)), undefined);
    },
  }),
  defineCase({
    name: 'PutRecord / the MD5 of the key, big-endian, finds the shard',
    operation: 'PutRecord',
    behaviour: 'routing',
    expected: 'each of 40 keys, some not ASCII, in the shard whose range has its MD5',
    source: MD5,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 5 });
      const shards = await t.streams.shards(name);
      const keys = Array.from(
        { length: 40 },
        (_none, index) => `${index % 4 === 0 ? 'ключ' : 'key'}-${index}`,
      );
      const seen = await Promise.all(
        keys.map((key) =>
          t.kinesis.send(
            new PutRecordCommand({ StreamName: name, PartitionKey: key, Data: Buffer.from('x') }),
          ),
        ),
      );
      t.same(
        'shards',
        seen.map(({ ShardId }) => ShardId),
        keys.map((key) => shardFor(shards, hashKeyOf(key))?.ShardId),
      );
    },
  }),
  defineCase({
    name: 'PutRecord / keys whose shard AWS was seen to choose',
    operation: 'PutRecord',
    behaviour: 'routing',
    expected: 'of three shards the first for "a", the second for "b" and "f", the third for "e"',
    source: observedByKinesalite(
      'getRecords',
      "'a' is read from shardId-0, 'b' and 'f' from shardId-1, 'e' from shardId-2",
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const seen: (string | undefined)[] = [];
      for (const key of ['a', 'b', 'f', 'e']) {
        const answer = await t.kinesis.send(
          new PutRecordCommand({ StreamName: name, PartitionKey: key, Data: Buffer.from('x') }),
        );
        seen.push(answer.ShardId);
      }
      t.same('shards', seen, [
        'shardId-000000000000',
        'shardId-000000000001',
        'shardId-000000000001',
        'shardId-000000000002',
      ]);
    },
  }),
  defineCase({
    name: 'PutRecord / ExplicitHashKey at each edge of each shard',
    operation: 'PutRecord',
    behaviour: 'routing',
    expected: 'both ends of a range belong to its shard',
    source: apiReference(
      'PutRecord',
      'You can override hashing the partition key to determine the shard by explicitly specifying a hash value using the ExplicitHashKey parameter.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const shards = await t.streams.shards(name);
      for (const shard of shards) {
        const { first, last } = rangeOf(shard);
        for (const hashKey of [first, last]) {
          const { ShardId } = await put(t, name, 'x', hashKey);
          t.same(`the shard of ${hashKey}`, ShardId, shard.ShardId);
        }
      }
      t.same('the last hash key', rangeOf(openShards(shards).at(-1) ?? {}).last, HASH_KEYS - 1n);
    },
  }),
];
