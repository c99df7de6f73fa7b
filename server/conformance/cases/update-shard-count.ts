import {
  PutRecordsCommand,
  UpdateShardCountCommand,
  type UpdateShardCountInput,
} from '@aws-sdk/client-kinesis';
import {
  apiReference,
  type Case,
  defineCase,
  defineRefusal,
  type Refused,
} from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { boundariesOf, openShards, unevenBoundary } from '#server/conformance/kinesis/hash-keys.ts';
import { iteratorAt, readToEnd } from '#server/conformance/kinesis/reading.ts';
import { faultsOfLineage, ON_DEMAND, scale } from '#server/conformance/kinesis/reshard.ts';
import {
  BAD_PARAMETER,
  observedByKinesalite,
  observedInIssue,
} from '#server/conformance/kinesis/sources.ts';
import { refusedWhileUpdating } from '#server/conformance/kinesis/while-updating.ts';
import { entries, text } from '#server/conformance/kinesis/writing.ts';

const UNIFORM = apiReference(
  'UpdateShardCount',
  'The scaling type. Uniform scaling creates shards of equal size.',
);
const LIMITS = apiReference(
  'UpdateShardCount',
  'By default, you cannot do the following: Scale more than ten times per rolling 24-hour period per stream. Scale up to more than double your current shard count for a stream. Scale down below half your current shard count for a stream. Scale up to more than 10000 shards in a stream.',
);
/** The reference lists both and says not which is for what; a listing of a person says LimitExceededException. */
const OVER_A_LIMIT = ['LimitExceededException', 'InvalidArgumentException'] as const;
/** "Scale more than ten times per rolling 24-hour period per stream" */
const UPDATES_A_DAY = 10;

function send(t: CaseTools, asked: Partial<UpdateShardCountInput>) {
  return t.kinesis.send(
    new UpdateShardCountCommand({
      TargetShardCount: 2,
      ScalingType: 'UNIFORM_SCALING',
      ...asked,
    }),
  );
}

/** From so many shards through these counts: each time equal shares, and a lineage without a fault. */
function scales(from: number, through: readonly number[], exact?: readonly string[]): Case {
  return defineCase({
    name: `UpdateShardCount / ${[from, ...through].join(' -> ')}`,
    operation: 'UpdateShardCount',
    behaviour: 'lineage',
    expected:
      exact === undefined
        ? 'open shards of equal size, each closed one with children, no hash key lost'
        : `boundaries at ${exact.join(', ')}; each closed shard with children`,
    source: UNIFORM,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: from });
      let before = from;
      for (const count of through) {
        const { answer, shards } = await scale(t, name, count);
        t.same(
          `${before} -> ${count}: the answer`,
          [answer.StreamName, answer.CurrentShardCount, answer.TargetShardCount],
          [name, before, count],
        );
        t.same(`${before} -> ${count}: open shards`, openShards(shards).length, count);
        t.same(`${before} -> ${count}: a boundary elsewhere`, unevenBoundary(shards), undefined);
        t.same(`${before} -> ${count}: faults`, faultsOfLineage(shards), []);
        const parents = new Set(
          shards.flatMap((one) => [one.ParentShardId, one.AdjacentParentShardId]),
        );
        t.same(
          `${before} -> ${count}: closed shards without a child`,
          shards
            .filter((one) => one.SequenceNumberRange?.EndingSequenceNumber !== undefined)
            .filter(({ ShardId }) => !parents.has(ShardId)),
          [],
        );
        before = count;
      }
      if (exact !== undefined) {
        t.same('boundaries', boundariesOf(await t.streams.shards(name)), [...exact]);
      }
      const summary = await t.streams.summary(name);
      t.same('OpenShardCount', summary.OpenShardCount, before);
    },
  });
}

function badCount(
  title: string,
  shardCount: number,
  asked: Partial<UpdateShardCountInput>,
  refusal: Pick<Refused, 'source'> & Partial<Pick<Refused, 'exception' | 'message' | 'behaviour'>>,
): Case {
  return defineRefusal({
    operation: 'UpdateShardCount',
    behaviour: 'limit',
    exception: OVER_A_LIMIT,
    ...refusal,
    title,
    async prepare(t) {
      const { name } = await t.streams.make({ ShardCount: shardCount });
      return () => send(t, { StreamName: name, ...asked });
    },
  });
}

/** UpdateShardCount. */
export const updateShardCountCases: readonly Case[] = [
  scales(1, [2], ['170141183460469231731687303715884105728']),
  scales(
    2,
    [4],
    [
      '85070591730234615865843651857942052864',
      '170141183460469231731687303715884105728',
      '255211775190703847597530955573826158592',
    ],
  ),
  scales(4, [2], ['170141183460469231731687303715884105728']),
  scales(2, [1], []),
  scales(2, [3]),
  scales(3, [5, 3, 2]),
  scales(4, [3]),
  scales(5, [7, 4]),
  defineCase({
    name: 'UpdateShardCount / records stay with their shards, and all are found by following children',
    operation: 'UpdateShardCount',
    behaviour: 'lineage',
    expected: 'of 60 records over 3 shards all are read from the shards that are closed by 3 -> 2',
    source: apiReference(
      'UpdateShardCount',
      'To update the shard count, Kinesis Data Streams performs splits or merges on individual shards. ... You can continue to read and write data to your stream while its status is UPDATING.',
    ),
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 3 });
      const sent = entries(60);
      await t.kinesis.send(new PutRecordsCommand({ StreamName: name, Records: sent }));
      const { shards } = await scale(t, name, 2);
      const closed = shards.filter(
        (one) => one.SequenceNumberRange?.EndingSequenceNumber !== undefined,
      );
      const found: (string | undefined)[] = [];
      for (const { ShardId = '' } of closed) {
        const iterator = await iteratorAt(t, name, { ShardId, ShardIteratorType: 'TRIM_HORIZON' });
        const { records, last } = await readToEnd(t, iterator);
        found.push(...records.map(({ Data }) => text(Data)));
        t.holds(`${ShardId} names children`, (last.ChildShards ?? []).length > 0, last.ChildShards);
      }
      t.same('all records', found.sort(), sent.map(({ Data }) => text(Data)).sort());
    },
  }),
  defineCase({
    name: 'UpdateShardCount / the count that it has',
    operation: 'UpdateShardCount',
    behaviour: 'lineage',
    expected: 'whether it is taken or refused, equal shards stay as they are',
    source: UNIFORM,
    async run(t) {
      const { name } = await t.streams.make({ ShardCount: 2 });
      const boundaries = boundariesOf(await t.streams.shards(name));
      const answer = await send(t, { StreamName: name }).then(
        () => 'accepted',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      );
      t.matches('answer', answer, /^(accepted|InvalidArgumentException|ValidationException)$/);
      await t.streams.active(name);
      const shards = await t.streams.shards(name);
      t.same('boundaries', boundariesOf(shards), boundaries);
      t.same('faults', faultsOfLineage(shards), []);
    },
  }),
  badCount(
    'more than double',
    2,
    { TargetShardCount: 5 },
    {
      message:
        /^UpdateShardCount cannot scale up over double your current open shard count\. Current open shard count: 2,? Target shard count: 5/,
      source: observedInIssue(
        'mhart/kinesalite/pull/48',
        "LimitExceededException: 'UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 2, Target shard count: ' + targetShardCount",
      ),
    },
  ),
  badCount('below half', 6, { TargetShardCount: 2 }, { source: LIMITS }),
  badCount('below half of an odd count', 5, { TargetShardCount: 2 }, { source: LIMITS }),
  badCount('10,001 shards', 1, { TargetShardCount: 10_001 }, { source: LIMITS }),
  badCount(
    '0 shards',
    1,
    { TargetShardCount: 0 },
    {
      behaviour: 'invalid-argument',
      exception: BAD_PARAMETER,
      source: observedByKinesalite(
        'updateShardCount',
        "Value '0' at 'targetShardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
      ),
    },
  ),
  badCount(
    '-1 shards',
    1,
    { TargetShardCount: -1 },
    {
      behaviour: 'invalid-argument',
      exception: BAD_PARAMETER,
      source: observedByKinesalite(
        'updateShardCount',
        "Value '0' at 'targetShardCount' failed to satisfy constraint: Member must have value greater than or equal to 1",
      ),
    },
  ),
  badCount(
    'a type of scaling that there is not',
    1,
    { ScalingType: 'LOAD' as 'UNIFORM_SCALING' },
    {
      behaviour: 'invalid-argument',
      exception: 'ValidationException',
      source: observedByKinesalite(
        'updateShardCount',
        "Value '' at 'scalingType' failed to satisfy constraint: Member must satisfy enum value set: [UNIFORM_SCALING]",
      ),
    },
  ),
  ...(['TargetShardCount', 'ScalingType'] as const).map((member) =>
    badCount(
      `no ${member}`,
      1,
      { [member]: undefined },
      {
        behaviour: 'invalid-argument',
        exception: BAD_PARAMETER,
        source: observedByKinesalite(
          'updateShardCount',
          "Value null at 'scalingType' failed to satisfy constraint: Member must not be null; Value null at 'targetShardCount' failed to satisfy constraint: Member must not be null",
        ),
      },
    ),
  ),
  defineRefusal({
    operation: 'UpdateShardCount',
    behaviour: 'wrong-state',
    title: 'a stream in on-demand mode',
    exception: 'ValidationException',
    source: apiReference(
      'UpdateShardCount',
      'ValidationException: Specifies that you tried to invoke this API for a data stream with the on-demand capacity mode.',
    ),
    async prepare(t) {
      const { name } = await t.streams.make(ON_DEMAND);
      return () => send(t, { StreamName: name, TargetShardCount: 5 });
    },
  }),
  refusedWhileUpdating('UpdateShardCount', (t, stream) =>
    send(t, { StreamName: stream, TargetShardCount: 4 }),
  ),
  defineCase({
    name: 'UpdateShardCount / the eleventh time within 24 hours',
    operation: 'UpdateShardCount',
    behaviour: 'limit',
    expected: 'ten are taken, then LimitExceededException',
    source: LIMITS,
    async run(t) {
      const { name } = await t.streams.make();
      for (let update = 1; update <= UPDATES_A_DAY; update += 1) {
        await scale(t, name, update % 2 === 0 ? 1 : 2);
      }
      await t.refused('LimitExceededException', () => send(t, { StreamName: name }));
    },
  }),
];
