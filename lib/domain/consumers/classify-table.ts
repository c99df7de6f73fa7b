import type { TableDescription } from './dynamo-item.ts';

/**
 * `kcl`: leases of the Kinesis Client Library. `workers`: what the workers of its version 3 report of themselves, in a
 * table beside the leases. `lifion`: all that lifion-kinesis remembers.
 */
export type TableLayout = 'kcl' | 'workers' | 'lifion' | 'other';

const WORKERS_SUFFIX = '-WorkerMetricStats';

/**
 * What a table is by its keys. Sources: DynamoDBLeaseSerializer.java and WorkerMetricStatsDAO.java of
 * awslabs/amazon-kinesis-client 3.5.1; lib/table.js of lifion-kinesis 1.3.3.
 */
export function classifyTable({ tableName, hashKey, rangeKey }: TableDescription): TableLayout {
  if (hashKey === 'leaseKey' && rangeKey === null) return 'kcl';
  if (hashKey === 'consumerGroup' && rangeKey === 'streamName') return 'lifion';
  const isOfWorkers = hashKey === 'wid' && rangeKey === null && tableName.endsWith(WORKERS_SUFFIX);
  return isOfWorkers ? 'workers' : 'other';
}

/** The table in which the workers of an application report, where its library is set up as it comes. */
export function workersTableOf(leaseTable: string): string {
  return `${leaseTable}${WORKERS_SUFFIX}`;
}
