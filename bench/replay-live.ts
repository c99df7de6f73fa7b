import { setTimeout as rest } from 'node:timers/promises';
import { EnableEnhancedMonitoringCommand } from '@aws-sdk/client-kinesis';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import { readCurrentStreamByName } from '#server/db/read/current-streams.ts';
import { readReplayRun } from '#server/db/replay/run.ts';
import { formatNamed } from './replay/archive-formats.ts';
import { beginRun } from './replay/begin-run.ts';
import { startFullWorker } from './replay/full-worker.ts';
import { type LiveCounts, LiveProducer } from './replay/live-producer.ts';
import { RecordMaker } from './replay/made-record.ts';
import { putArchive } from './replay/put-archive.ts';
import { CONNECTION, settingsOf } from './replay/replay-settings.ts';
import { openRig } from './replay/rig.ts';
import { readProgress, untilProgress } from './replay/run-progress.ts';
import { createTarget } from './replay/target-stream.ts';
import { until } from './until.ts';

const SECONDS_DEFAULT = 60;
const SHARDS = 4;
/** 70 % of what a shard takes, by records and nearly by bytes. */
const LIVE = { recordsPerSecond: 700, recordBytes: 1_040 } as const;
const SHAPE = {
  records: 200_000,
  keys: { count: 20_000, zipf: null },
  payloadBytes: 1_000,
} as const;
const PREFIX = 'firehose/';
const BEGIN_MS_MAX = 60_000;

/**
 * Producers fill 70 % of a stream's shards; then an archive is replayed into it as fast as a draft's defaults allow. Those
 * producers never send again, so each refusal shows. SECONDS sets how long each part lasts.
 *
 * - `refusedBefore`, `refusedDuring`: records of the producers that were refused without and with the replay
 * - `liveRecordsPerSecond`, `replayRecordsPerSecond`: what was written by both during the replay
 * - `replayThrottled`: records of the replay that were refused
 * - `capRecordsPerSecond`: what the replay was allowed at the end, all shards together
 */
export async function run(): Promise<Record<string, number>> {
  const seconds = Number(process.env['SECONDS'] ?? SECONDS_DEFAULT);
  const rig = await openRig({});
  try {
    const format = formatNamed('firehose');
    const place = { prefix: PREFIX, recordsAnObject: 5_000 };
    await putArchive(rig.s3, place, format, new RecordMaker(SHAPE));
    const target = await createTarget(rig.kinesis, CONNECTION, 'target', SHARDS);
    // Without figures by shard nobody knows what is free of each, and nothing is sent by default.
    const all = { StreamName: 'target', ShardLevelMetrics: ['ALL' as const] };
    await rig.kinesis.send(new EnableEnhancedMonitoringCommand(all));
    await startFullWorker(rig);
    const producer = new LiveProducer(rig.kinesis, 'target', SHARDS, LIVE);
    rig.onClose(() => producer.stop());
    await until(() => readCurrentStreamByName(rig.database, CONNECTION, 'target'));

    const without = await countFor(producer, seconds);
    const { transform } = format;
    const { settings } = settingsOf({ target, order: 'none', transform, prefix: PREFIX });
    const id = await beginRun(rig.database, rig.s3, settings, NEW_DRAFT.pace, SHARDS);
    await untilProgress(rig.database, id, ({ ledger }) => ledger.emitted > 0, BEGIN_MS_MAX);
    const before = await readProgress(rig.database, id);
    const during = await countFor(producer, seconds);
    const after = await readProgress(rig.database, id);
    const caps = (await readReplayRun(rig.database, id))?.caps?.shards ?? [];
    return {
      refusedBefore: without.refused,
      refusedDuring: during.refused,
      liveRecordsPerSecond: Math.round(during.tried / seconds),
      replayRecordsPerSecond: Math.round((after.ledger.emitted - before.ledger.emitted) / seconds),
      replayThrottled: after.ledger.recordsThrottled,
      capRecordsPerSecond: Math.round(caps.reduce((sum, { cap }) => sum + cap.recordsPerSecond, 0)),
    };
  } finally {
    await rig.close();
  }
}

async function countFor(producer: LiveProducer, seconds: number): Promise<LiveCounts> {
  const before = producer.counts;
  await rest(seconds * 1_000);
  const { tried, refused } = producer.counts;
  return { tried: tried - before.tried, refused: refused - before.refused };
}
