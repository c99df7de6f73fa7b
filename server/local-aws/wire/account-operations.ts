import type { CommitmentDescription } from '#server/local-aws/engine/throughput-commitment.ts';
import { type OperationTable, operation } from './operation.ts';
import { oneOf, required, structure } from './shape.ts';
import { WireTime, type WireValue } from './wire-value.ts';

/** What holds for the account as a whole. */
export const ACCOUNT_OPERATIONS: OperationTable = {
  DescribeLimits: operation(structure({}), (_input, { engine, nowMs }) => {
    const limits = engine.describeLimits(nowMs);
    return {
      ShardLimit: limits.shardLimit,
      OpenShardCount: limits.openShardCount,
      OnDemandStreamCount: limits.onDemandStreamCount,
      OnDemandStreamCountLimit: limits.onDemandStreamLimit,
      ChannelCount: limits.channelCount,
      ChannelCountLimit: limits.channelLimit,
    };
  }),

  DescribeAccountSettings: operation(structure({}), (_input, { engine, nowMs }) =>
    settingsMembers(engine.describeAccountSettings(nowMs)),
  ),

  UpdateAccountSettings: operation(
    structure({
      MinimumThroughputBillingCommitment: required(
        structure({ Status: required(oneOf(['ENABLED', 'DISABLED'])) }),
      ),
    }),
    (input, { engine, nowMs }) => {
      const { Status: commitment } = input.MinimumThroughputBillingCommitment;
      return settingsMembers(engine.updateAccountSettings({ commitment }, nowMs));
    },
  ),
};

function settingsMembers(commitment: CommitmentDescription): WireValue {
  return {
    MinimumThroughputBillingCommitment: {
      Status: commitment.status,
      StartedAt: timeMember(commitment.startedAtMs),
      EndedAt: timeMember(commitment.endedAtMs),
      EarliestAllowedEndAt: timeMember(commitment.earliestAllowedEndMs),
    },
  };
}

function timeMember(epochMs: number | null): WireTime | undefined {
  return epochMs === null ? undefined : new WireTime(epochMs);
}
