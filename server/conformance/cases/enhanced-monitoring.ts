import {
  DisableEnhancedMonitoringCommand,
  EnableEnhancedMonitoringCommand,
  type MetricsName,
} from '@aws-sdk/client-kinesis';
import { apiReference, type Case, defineCase, defineRefusal } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';
import { BAD_PARAMETER } from '#server/conformance/kinesis/sources.ts';
import { refusedWhileCreating } from '#server/conformance/kinesis/while-changing.ts';

const EVERY_METRIC = [
  'IncomingBytes',
  'IncomingRecords',
  'IteratorAgeMilliseconds',
  'OutgoingBytes',
  'OutgoingRecords',
  'ReadProvisionedThroughputExceeded',
  'WriteProvisionedThroughputExceeded',
];

function enable(t: CaseTools, name: string, metrics: readonly string[]) {
  return t.kinesis.send(
    new EnableEnhancedMonitoringCommand({
      StreamName: name,
      ShardLevelMetrics: metrics as MetricsName[],
    }),
  );
}

function disable(t: CaseTools, name: string, metrics: readonly string[]) {
  return t.kinesis.send(
    new DisableEnhancedMonitoringCommand({
      StreamName: name,
      ShardLevelMetrics: metrics as MetricsName[],
    }),
  );
}

/** The metrics that are on, in order; not told apart is whether they stand in one entry or in several. */
async function monitored(t: CaseTools, name: string): Promise<string[]> {
  const { EnhancedMonitoring = [] } = await t.streams.active(name);
  return EnhancedMonitoring.flatMap(({ ShardLevelMetrics = [] }) => ShardLevelMetrics).sort();
}

/** Enable- and DisableEnhancedMonitoring. */
export const enhancedMonitoringCases: readonly Case[] = [
  defineCase({
    name: 'EnableEnhancedMonitoring / tells what is and what will be on',
    operation: 'EnableEnhancedMonitoring',
    behaviour: 'success',
    expected: 'Current: what was on before; Desired: with those asked for; the stream shows them',
    source: apiReference(
      'EnableEnhancedMonitoring',
      'CurrentShardLevelMetrics: Represents the current state of the metrics that are in the enhanced state before the operation. DesiredShardLevelMetrics: Represents the list of all the metrics that would be in the enhanced state after the operation.',
    ),
    async run(t) {
      const { name, arn } = await t.streams.make();
      const first = await enable(t, name, ['IncomingBytes']);
      t.same('StreamName', first.StreamName, name);
      t.same('StreamARN', first.StreamARN, arn);
      t.same('Current', first.CurrentShardLevelMetrics, []);
      t.same('Desired', first.DesiredShardLevelMetrics, ['IncomingBytes']);
      await t.streams.active(name);
      const second = await enable(t, name, ['OutgoingRecords']);
      t.same('Current', second.CurrentShardLevelMetrics, ['IncomingBytes']);
      t.same('Desired', second.DesiredShardLevelMetrics?.toSorted(), [
        'IncomingBytes',
        'OutgoingRecords',
      ]);
      t.same('of the stream', await monitored(t, name), ['IncomingBytes', 'OutgoingRecords']);
    },
  }),
  defineCase({
    name: 'EnableEnhancedMonitoring / ALL',
    operation: 'EnableEnhancedMonitoring',
    behaviour: 'success',
    expected: 'the seven metrics, by name',
    source: apiReference('EnableEnhancedMonitoring', 'The value "ALL" enables every metric.'),
    async run(t) {
      const { name } = await t.streams.make();
      await enable(t, name, ['ALL']);
      t.same('of the stream', await monitored(t, name), EVERY_METRIC);
    },
  }),
  defineCase({
    name: 'DisableEnhancedMonitoring / some, then ALL',
    operation: 'DisableEnhancedMonitoring',
    behaviour: 'success',
    expected: 'those are off, then all',
    source: apiReference('DisableEnhancedMonitoring', 'The value "ALL" disables every metric.'),
    async run(t) {
      const { name } = await t.streams.make();
      await enable(t, name, ['ALL']);
      await t.streams.active(name);
      const answer = await disable(t, name, ['IncomingBytes', 'IncomingRecords']);
      const left = EVERY_METRIC.filter((metric) => !metric.startsWith('Incoming'));
      t.same('Current', answer.CurrentShardLevelMetrics?.toSorted(), EVERY_METRIC);
      t.same('Desired', answer.DesiredShardLevelMetrics?.toSorted(), left);
      t.same('of the stream', await monitored(t, name), left);
      await disable(t, name, ['ALL']);
      t.same('of the stream', await monitored(t, name), []);
    },
  }),
  ...(['EnableEnhancedMonitoring', 'DisableEnhancedMonitoring'] as const).flatMap((operation) => {
    const send = operation.startsWith('En') ? enable : disable;
    return [
      defineRefusal({
        operation,
        behaviour: 'invalid-argument',
        title: 'a metric that there is not',
        exception: BAD_PARAMETER,
        source: apiReference(
          operation,
          'Valid Values: IncomingBytes | IncomingRecords | OutgoingBytes | OutgoingRecords | WriteProvisionedThroughputExceeded | ReadProvisionedThroughputExceeded | IteratorAgeMilliseconds | ALL',
        ),
        async prepare(t) {
          const { name } = await t.sharedStream();
          return () => send(t, name, ['OutgoingDoubts']);
        },
      }),
      defineRefusal({
        operation,
        behaviour: 'invalid-argument',
        title: 'no metric',
        exception: BAD_PARAMETER,
        source: apiReference(
          operation,
          'ShardLevelMetrics: Array Members: Minimum number of 1 item. Maximum number of 7 items.',
        ),
        async prepare(t) {
          const { name } = await t.sharedStream();
          return () => send(t, name, []);
        },
      }),
      defineRefusal({
        operation,
        behaviour: 'limit',
        title: 'eight metrics',
        exception: BAD_PARAMETER,
        source: apiReference(
          operation,
          'ShardLevelMetrics: Array Members: Minimum number of 1 item. Maximum number of 7 items.',
        ),
        async prepare(t) {
          const { name } = await t.sharedStream();
          return () => send(t, name, [...EVERY_METRIC, 'ALL']);
        },
      }),
      refusedWhileCreating(operation, (t, { name }) => send(t, name, ['IncomingBytes'])),
    ];
  }),
];
