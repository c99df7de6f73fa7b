import { Engine } from './engine.ts';
import type { EngineOptions } from './options.ts';

/** 2026-11-23T06:00:00Z, the start of a period of any length that is in use. */
export const START_MS = 1_795_413_600_000;

/** An engine of which a test holds the clock. Changes complete at once unless `transitionMs` says otherwise. */
export function engineFixture(options: Omit<EngineOptions, 'clock'> = {}) {
  const time = { nowMs: START_MS };
  const clock = { nowMs: () => time.nowMs };
  return { time, engine: new Engine({ transitionMs: 0, ...options, clock }) };
}

/** Reads a shard from TRIM_HORIZON to what is its end now, one second a call so that limits permit it. */
export function readShard(
  engine: Engine,
  time: { nowMs: number },
  streamName: string,
  shardId: string,
) {
  const position = { type: 'TRIM_HORIZON' } as const;
  const records = [];
  let iterator: string | null = engine.getShardIterator({ streamName, shardId, position });
  while (iterator !== null) {
    time.nowMs += 1_000;
    const answer = engine.getRecords({ shardIterator: iterator, limit: 700 });
    records.push(...answer.records);
    iterator = answer.millisBehindLatest === 0 ? null : answer.nextShardIterator;
  }
  return records;
}
