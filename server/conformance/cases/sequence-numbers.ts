import { apiReference, type Case, defineCase } from '#server/conformance/case.ts';
import { HASH_KEYS } from '#server/conformance/kinesis/hash-keys.ts';
import { readShard } from '#server/conformance/kinesis/reading.ts';
import {
  increases,
  readSequenceNumber,
  shardIndexOf,
} from '#server/conformance/kinesis/sequence-number.ts';
import { observedByKinesalite } from '#server/conformance/kinesis/sources.ts';
import { putInTurn } from '#server/conformance/kinesis/writing.ts';

/** AWS refuses requests that are signed more than 5 minutes off, so the clocks are not further apart. */
const CLOCKS_APART_SECONDS = 300;
/** On published samples the arrival was 1 to 2.5 s later than what the number says. */
const ARRIVAL_APART_SECONDS = 5;

/** What sequence numbers say, and in which order they come. */
export const sequenceNumberCases: readonly Case[] = [
  defineCase({
    name: 'PutRecord / sequence numbers increase in each shard and are unique in the stream',
    operation: 'PutRecord',
    behaviour: 'success',
    expected: 'each number above the one before of the same shard; none twice',
    source: apiReference(
      'PutRecord',
      'Sequence numbers increase over time and are specific to a shard within a stream, not across all shards within a stream.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const left = await putInTurn(t, name, 15, 0n);
      const right = await putInTurn(t, name, 15, HASH_KEYS - 1n);
      const again = await putInTurn(t, name, 5, 0n);
      const numbers = (answers: typeof left) => answers.map((one) => one.SequenceNumber);
      t.holds('left increases', increases(numbers([...left, ...again])), numbers(left).slice(0, 3));
      t.holds('right increases', increases(numbers(right)), numbers(right).slice(0, 3));
      const all = numbers([...left, ...right, ...again]);
      t.same('different ones', new Set(all).size, 35);
    },
  }),
  defineCase({
    name: 'PutRecord / sequence numbers have the layout of version 2',
    operation: 'PutRecord',
    behaviour: 'success',
    expected:
      'version 2, the index of the shard, the creation of the shard, and the time: near now, and near the arrival',
    source: observedByKinesalite(
      'splitShard',
      'seq0End.shardIx.should.equal(0); seq0End.shardCreateTime.should.equal(seq0Start.shardCreateTime); seq0End.seqTime.should.be.above(splitStart - 1000); seq0End.seqTime.should.be.below(splitEnd + 1000)',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const shards = await t.streams.shards(name);
      const [answer] = await putInTurn(t, name, 1, HASH_KEYS - 1n);
      const shard = shards.find(({ ShardId }) => ShardId === answer?.ShardId);
      const parts = readSequenceNumber(answer?.SequenceNumber);
      t.same('version', parts?.version, 2);
      t.same('shard', parts?.shardIndex, shardIndexOf(answer?.ShardId));
      const start = readSequenceNumber(shard?.SequenceNumberRange?.StartingSequenceNumber);
      t.same('its creation', parts?.shardCreatedAt, start?.shardCreatedAt);
      t.same('shard of the starting number', start?.shardIndex, shardIndexOf(shard?.ShardId));
      const recordedAt = parts?.recordedAt ?? 0;
      const off = recordedAt - Date.now() / 1_000;
      t.holds('seconds off our clock', Math.abs(off) < CLOCKS_APART_SECONDS, off);
      const { records } = await readShard(t, name, shard?.ShardId ?? '', 1);
      const arrival = (records[0]?.ApproximateArrivalTimestamp?.getTime() ?? 0) / 1_000;
      const later = arrival - recordedAt;
      t.holds('seconds of arrival after it', Math.abs(later) < ARRIVAL_APART_SECONDS, later);
    },
  }),
  defineCase({
    name: 'ListShards / a shard starts below its records, and an open one has no end',
    operation: 'ListShards',
    behaviour: 'success',
    expected: 'StartingSequenceNumber below the first record; no EndingSequenceNumber',
    source: apiReference(
      'SequenceNumberRange',
      'Shards that are in the OPEN state have an ending sequence number of null.',
    ),
    async run(t) {
      const { name } = await t.streams.make();
      const [answer] = await putInTurn(t, name, 1);
      const [shard] = await t.streams.shards(name);
      const range = shard?.SequenceNumberRange;
      t.same('the end', range?.EndingSequenceNumber, undefined);
      t.holds(
        'the start and the record',
        increases([range?.StartingSequenceNumber, answer?.SequenceNumber]),
        [range?.StartingSequenceNumber, answer?.SequenceNumber],
      );
    },
  }),
];
