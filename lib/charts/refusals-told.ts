import type { ChartModel } from './chart-model.ts';
import type { StreamHistory } from './stream-history.ts';

/**
 * Whether CloudWatch told in any period how much was refused, of the stream or of a shard: a chart without columns
 * means then that nothing was, and else that nothing is known.
 */
export function refusalsTold(
  history: StreamHistory,
  { unit }: Pick<ChartModel, 'unit'>,
  shardId: string | null,
): boolean {
  const lines =
    shardId === null
      ? history.stream
      : history.hottest.find((shard) => shard.shardId === shardId)?.lines;
  const line = unit === 'calls' ? lines?.readThrottledCalls : lines?.writeThrottledRecords;
  return line?.some((value) => value !== null) ?? false;
}
