import type { PredictedDuration } from '#lib/domain/replay/plan/predict-duration.ts';

const LIMIT_WORDS = { bytes: 'bytes a second', records: 'records a second' } as const;

/** What a replay waits for most. @param showsKeys false for those who may not see keys */
export function durationBoundWords(
  bound: PredictedDuration['bound'],
  shardIds: readonly string[],
  showsKeys: boolean,
): string {
  switch (bound.by) {
    case 'shard':
      return `It waits most for ${shardIds[bound.shard] ?? `shard ${bound.shard}`}: what it may take of ${LIMIT_WORDS[bound.limit]}.`;
    case 'total':
      return `It waits most for the cap on all shards together: ${LIMIT_WORDS[bound.limit]}.`;
    case 'key':
      return `It waits most for one key${showsKeys ? `, “${bound.partitionKey}”` : ''}: its records are sent one after the other, each when the one before is acknowledged.`;
    case 'strict-order':
      return 'It waits most for answers: each record is sent when the one before is acknowledged.';
    case 'pace':
      return 'It waits most for the times of the archive.';
  }
}
