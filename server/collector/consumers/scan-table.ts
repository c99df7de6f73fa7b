import type { DynamoItem } from '#lib/domain/consumers/dynamo-item.ts';
import type { Collection } from '#server/collector/collection.ts';
import { wait } from '#server/collector/wait.ts';
import type { FollowedTable } from './followed-table.ts';

export type ScannedTable = {
  readonly items: readonly DynamoItem[];
  /** When the reading began, on AWS's clock: a row says how things were then, or later. */
  readonly atMs: number;
  /** And when it ended. */
  readonly throughMs: number;
  /** Read capacity units; null where the endpoint does not tell. */
  readonly units: number | null;
  readonly seconds: number;
};

/** Reads all rows of a table, page by page, as fast as its capacity allows. @throws AwsFailure */
export async function scanTable(
  { aws, nowMs }: Pick<Collection, 'aws' | 'nowMs'>,
  { tableName, pace }: Pick<FollowedTable, 'tableName' | 'pace'>,
  signal: AbortSignal,
): Promise<ScannedTable> {
  const items: DynamoItem[] = [];
  let units: number | null = 0;
  let from: DynamoItem | null = null;
  let atMs: number | null = null;
  let beganMs = 0;
  do {
    await wait(pace.waitMs(performance.now()), signal);
    signal.throwIfAborted();
    if (atMs === null) {
      atMs = nowMs();
      beganMs = performance.now();
    }
    const page = await aws.consumers.scanPage(tableName, { from, limit: pace.rows }, signal);
    pace.read(performance.now(), page.items.length, page.units);
    for (const item of page.items) items.push(item);
    units = units === null || page.units === null ? null : units + page.units;
    from = page.next;
  } while (from !== null);
  const seconds = (performance.now() - beganMs) / 1000;
  return { items, atMs, throughMs: Math.max(atMs, nowMs()), units, seconds };
}
