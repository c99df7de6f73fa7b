import { UpdateStreamModeCommand } from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER, guide } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

function update(t: CaseTools, arn: string, mode: string): Promise<unknown> {
  return t.kinesis.send(
    new UpdateStreamModeCommand({
      StreamARN: arn,
      StreamModeDetails: { StreamMode: mode as 'ON_DEMAND' },
    }),
  );
}

/** UpdateStreamMode. */
export const streamModeCases: readonly Case[] = [
  defineCase({
    name: 'UpdateStreamMode / to on-demand and back, the shards as they were',
    operation: 'UpdateStreamMode',
    behaviour: 'success',
    expected:
      'ON_DEMAND, then PROVISIONED; back in provisioned mode with the shards it had on-demand',
    source: guide(
      'switch-capacity-modes',
      'When you switch from provisioned to on-demand mode, your data stream initially retains whatever shard count it had before the transition. ... When you switch from on-demand to provisioned mode, your data stream also initially retains whatever shard count it had before the transition',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make({ ShardCount: 2 });
      await update(t, arn, 'ON_DEMAND');
      const onDemand = await t.streams.active(name);
      t.same('StreamMode', onDemand.StreamModeDetails?.StreamMode, 'ON_DEMAND');
      await update(t, arn, 'PROVISIONED');
      const provisioned = await t.streams.active(name);
      t.same('StreamMode', provisioned.StreamModeDetails?.StreamMode, 'PROVISIONED');
      t.same('OpenShardCount', provisioned.OpenShardCount, onDemand.OpenShardCount);
    },
  }),
  defineCase({
    name: 'UpdateStreamMode / a third time within a day',
    operation: 'UpdateStreamMode',
    behaviour: 'limit',
    expected: 'LimitExceededException',
    source: guide(
      'how-do-i-size-a-stream',
      'For each data stream in your Amazon Web Services account, you can switch between the on-demand and provisioned capacity modes twice within 24 hours.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      await update(t, arn, 'ON_DEMAND');
      await t.streams.active(name);
      await update(t, arn, 'PROVISIONED');
      await t.streams.active(name);
      await t.refused('LimitExceededException', () =>
        t.impatientKinesis.send(
          new UpdateStreamModeCommand({
            StreamARN: arn,
            StreamModeDetails: { StreamMode: 'ON_DEMAND' },
          }),
        ),
      );
    },
  }),
  defineRefusal({
    operation: 'UpdateStreamMode',
    behaviour: 'invalid-argument',
    title: 'a mode that there is not',
    exception: BAD_PARAMETER,
    source: apiReference('StreamModeDetails', 'StreamMode: Valid Values: PROVISIONED | ON_DEMAND'),
    async prepare(t) {
      const { arn } = await t.sharedStream();
      return () => update(t, arn, 'SOMETIMES');
    },
  }),
  refusedWhileCreating('UpdateStreamMode', (t, { arn }) => update(t, arn, 'ON_DEMAND')),
];
