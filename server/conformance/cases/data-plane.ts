import type { Case } from '#server/conformance/case.ts';
import { closedShardCases } from './closed-shards.ts';
import { dataAddressingCases } from './data-addressing.ts';
import { dryRunCases } from './dry-run.ts';
import { getRecordsCases } from './get-records.ts';
import { getShardIteratorCases } from './get-shard-iterator.ts';
import { listShardsCases } from './list-shards.ts';
import { mergeShardsCases } from './merge-shards.ts';
import { putRecordCases } from './put-record.ts';
import { putRecordsCases } from './put-records.ts';
import { readLimitCases } from './read-limits.ts';
import { recordSizeCases } from './record-size.ts';
import { routingCases } from './routing.ts';
import { sequenceNumberCases } from './sequence-numbers.ts';
import { splitShardCases } from './split-shard.ts';
import { streamMetricsCases } from './stream-metrics.ts';
import { subscribeToShardCases } from './subscribe-to-shard.ts';
import { updateShardCountCases } from './update-shard-count.ts';
import { writeLimitCases } from './write-limits.ts';

/** What is written, read and resharded. */
export const DATA_PLANE_CASES: readonly Case[] = [
  ...putRecordCases,
  ...putRecordsCases,
  ...recordSizeCases,
  ...routingCases,
  ...sequenceNumberCases,
  ...writeLimitCases,
  ...getShardIteratorCases,
  ...getRecordsCases,
  ...readLimitCases,
  ...closedShardCases,
  ...listShardsCases,
  ...subscribeToShardCases,
  ...dryRunCases,
  ...dataAddressingCases,
  ...splitShardCases,
  ...mergeShardsCases,
  ...updateShardCountCases,
  ...streamMetricsCases,
];
