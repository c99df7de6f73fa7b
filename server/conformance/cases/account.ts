import {
  DescribeAccountSettingsCommand,
  DescribeLimitsCommand,
  UpdateAccountSettingsCommand,
  UpdateStreamWarmThroughputCommand,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { notActive, refusedWhile } from '#server/conformance/kinesis/while-changing.ts';

const ON_DEMAND = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } as const;
const BINDS_THE_ACCOUNT = 'it binds the account to a minimum bill for a day';

async function commitment(t: CaseTools): Promise<string | undefined> {
  const { MinimumThroughputBillingCommitment } = await t.kinesis.send(
    new DescribeAccountSettingsCommand({}),
  );
  return MinimumThroughputBillingCommitment?.Status;
}

function commit(t: CaseTools, status: string) {
  return t.kinesis.send(
    new UpdateAccountSettingsCommand({
      MinimumThroughputBillingCommitment: { Status: status as 'ENABLED' },
    }),
  );
}

function warm(t: CaseTools, name: string, mibps: number) {
  return t.kinesis.send(
    new UpdateStreamWarmThroughputCommand({ StreamName: name, WarmThroughputMiBps: mibps }),
  );
}

/**
 * DescribeLimits, the account's settings, and the warm throughput that depends on them. The order matters: once an
 * account is bound, it cannot be unbound for a day.
 */
export const accountCases: readonly Case[] = [
  defineCase({
    name: 'DescribeLimits / counts open shards and on-demand streams',
    operation: 'DescribeLimits',
    behaviour: 'success',
    expected: 'no less than what this case has made, within limits that are no less',
    source: apiReference(
      'DescribeLimits',
      'OpenShardCount: The number of open shards. ShardLimit: The maximum number of shards. OnDemandStreamCount: Indicates the number of data streams with the on-demand capacity mode.',
    ),
    async run(t) {
      // Others make and delete streams meanwhile, so that only a lower bound is certain.
      await t.streams.make({ ShardCount: 3 });
      await t.streams.make(ON_DEMAND);
      const limits = await t.kinesis.send(new DescribeLimitsCommand({}));
      const { OpenShardCount = 0, OnDemandStreamCount = 0 } = limits;
      t.holds('OpenShardCount', OpenShardCount >= 3, OpenShardCount);
      t.holds('OnDemandStreamCount', OnDemandStreamCount >= 1, OnDemandStreamCount);
      t.holds('ShardLimit', (limits.ShardLimit ?? 0) >= OpenShardCount, limits.ShardLimit);
      t.holds(
        'OnDemandStreamCountLimit',
        (limits.OnDemandStreamCountLimit ?? 0) >= OnDemandStreamCount,
        limits.OnDemandStreamCountLimit,
      );
    },
  }),
  defineCase({
    name: 'DescribeAccountSettings / tells the status of the commitment',
    operation: 'DescribeAccountSettings',
    behaviour: 'success',
    expected: 'DISABLED, ENABLED or ENABLED_UNTIL_EARLIEST_ALLOWED_END',
    source: apiReference(
      'DescribeAccountSettings',
      'MinimumThroughputBillingCommitment: Status: The current status of the minimum throughput billing commitment. Valid Values: ENABLED | DISABLED | ENABLED_UNTIL_EARLIEST_ALLOWED_END',
    ),
    async run(t) {
      const status = await commitment(t);
      t.matches('Status', status, /^(DISABLED|ENABLED|ENABLED_UNTIL_EARLIEST_ALLOWED_END)$/);
    },
  }),
  defineRefusal({
    operation: 'UpdateAccountSettings',
    behaviour: 'invalid-argument',
    title: 'a status that there is not',
    exception: BAD_PARAMETER,
    source: apiReference(
      'MinimumThroughputBillingCommitmentInput',
      'Status: The desired status of the minimum throughput billing commitment. Valid Values: ENABLED | DISABLED',
    ),
    prepare: (t) => () => commit(t, 'PERHAPS'),
  }),
  defineRefusal({
    operation: 'UpdateStreamWarmThroughput',
    behaviour: 'invalid-argument',
    title: 'on a provisioned stream',
    exception: BAD_PARAMETER,
    source: apiReference(
      'UpdateStreamWarmThroughput',
      'Provisioned capacity mode streams do not support warm throughput configuration.',
    ),
    async prepare(t) {
      const { name } = await t.sharedStream();
      return () => warm(t, name, 10);
    },
  }),
  defineRefusal({
    operation: 'UpdateStreamWarmThroughput',
    behaviour: 'invalid-argument',
    title: 'less than nothing',
    exception: BAD_PARAMETER,
    source: apiReference(
      'UpdateStreamWarmThroughput',
      'WarmThroughputMiBps: Valid Range: Minimum value of 0.',
    ),
    async prepare(t) {
      const { name } = await t.sharedOnDemandStream();
      return () => warm(t, name, -1);
    },
  }),
  defineCase({
    name: 'UpdateStreamWarmThroughput / without the commitment',
    operation: 'UpdateStreamWarmThroughput',
    behaviour: 'wrong-state',
    expected: 'ValidationException or InvalidArgumentException',
    source: apiReference(
      'UpdateStreamWarmThroughput',
      'This operation is only supported for data streams with the on-demand capacity mode in accounts that have MinimumThroughputBillingCommitment enabled.',
    ),
    exclusive: true,
    async run(t) {
      const status = await commitment(t);
      if (status !== 'DISABLED') return t.notApplicable(`the account's commitment is ${status}`);
      const { name } = await t.streams.make(ON_DEMAND);
      await t.refused(BAD_PARAMETER, () => warm(t, name, 10));
    },
  }),
  defineCase({
    name: 'UpdateAccountSettings / enables the commitment, and for a day no end of it',
    operation: 'UpdateAccountSettings',
    behaviour: 'success',
    expected:
      'ENABLED with StartedAt and a later EarliestAllowedEndAt, also in DescribeAccountSettings',
    source: apiReference(
      'UpdateAccountSettings',
      "Updating account settings is a synchronous operation. Upon receiving the request, Kinesis Data Streams will return immediately with your account's updated settings.",
    ),
    needs: { emulatorBecause: BINDS_THE_ACCOUNT },
    exclusive: true,
    async run(t) {
      const { MinimumThroughputBillingCommitment: answer } = await commit(t, 'ENABLED');
      t.same('Status', answer?.Status, 'ENABLED');
      t.holds('StartedAt', answer?.StartedAt instanceof Date, answer?.StartedAt);
      t.holds(
        'EarliestAllowedEndAt',
        (answer?.EarliestAllowedEndAt?.getTime() ?? 0) > (answer?.StartedAt?.getTime() ?? 0),
        answer?.EarliestAllowedEndAt,
      );
      t.same('as described', await commitment(t), 'ENABLED');
    },
  }),
  defineCase({
    name: 'UpdateStreamWarmThroughput / of an on-demand stream',
    operation: 'UpdateStreamWarmThroughput',
    behaviour: 'success',
    expected: 'the target in the answer and in DescribeStreamSummary; the current one follows',
    source: apiReference(
      'UpdateStreamWarmThroughput',
      'Updating the warm throughput is an asynchronous operation. Upon receiving the request, Kinesis Data Streams returns immediately and sets the status of the stream to UPDATING. After the update is complete, Kinesis Data Streams sets the status of the stream back to ACTIVE.',
    ),
    needs: { emulatorBecause: BINDS_THE_ACCOUNT },
    exclusive: true,
    async run(t) {
      await commit(t, 'ENABLED');
      const { name, arn } = await t.streams.make(ON_DEMAND);
      const answer = await warm(t, name, 10);
      t.same('StreamARN', answer.StreamARN, arn);
      t.same('TargetMiBps', answer.WarmThroughput?.TargetMiBps, 10);
      const { WarmThroughput } = await t.streams.active(name);
      t.same('TargetMiBps', WarmThroughput?.TargetMiBps, 10);
      t.same('CurrentMiBps', WarmThroughput?.CurrentMiBps, 10);
    },
  }),
  defineCase({
    name: 'UpdateStreamWarmThroughput / more than 10 GiB/s',
    operation: 'UpdateStreamWarmThroughput',
    behaviour: 'limit',
    expected: 'LimitExceededException, ValidationException or InvalidArgumentException',
    source: apiReference(
      'UpdateStreamWarmThroughput',
      'By default, you cannot do the following: Scale to more than 10 GiBps for an on-demand stream.',
    ),
    needs: { emulatorBecause: BINDS_THE_ACCOUNT },
    exclusive: true,
    async run(t) {
      await commit(t, 'ENABLED');
      const { name } = await t.streams.make(ON_DEMAND);
      await t.refused(['LimitExceededException', ...BAD_PARAMETER], () => warm(t, name, 10_241));
    },
  }),
  defineCase({
    name: 'UpdateStreamWarmThroughput / while the stream is CREATING',
    operation: 'UpdateStreamWarmThroughput',
    behaviour: 'wrong-state',
    expected: 'ResourceInUseException',
    source: notActive('UpdateStreamWarmThroughput'),
    needs: { emulatorBecause: BINDS_THE_ACCOUNT },
    exclusive: true,
    async run(t) {
      await commit(t, 'ENABLED');
      const { name } = await t.streams.begin(ON_DEMAND);
      await refusedWhile(t, 'CREATING', name, () => warm(t, name, 10));
    },
  }),
];
