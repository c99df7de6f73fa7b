import { ARCHIVE_FORMATS, type ArchiveFormat } from './replay/archive-formats.ts';
import { TargetCheck } from './replay/check.ts';
import { isBalanced } from './replay/check-ledger.ts';
import { dumpStream } from './replay/dump-target.ts';
import { RecordMaker } from './replay/made-record.ts';
import { putArchive } from './replay/put-archive.ts';
import { CONNECTION, settingsOf } from './replay/replay-settings.ts';
import { replayWhole } from './replay/replay-whole.ts';
import { openRig } from './replay/rig.ts';
import { createTarget } from './replay/target-stream.ts';

const RECORDS_DEFAULT = 1_000_000;
const RECORDS_AN_OBJECT = 20_000;
const SHARDS = 8;
const RUN_MS_MAX = 900_000;

/**
 * Archives of a million records in each format that keeps bytes are replayed, and each record of the target is held
 * against what it was made of: by its bytes and its key. RECORDS sets how many.
 *
 * - `lost`, `strangers`, `duplicates`: of all formats; strangers are those that are not what they were
 * - `unbalanced`: receipts that do not account for all
 */
export async function run(): Promise<Record<string, number>> {
  const records = Number(process.env['RECORDS'] ?? RECORDS_DEFAULT);
  const sum = { formats: 0, arrived: 0, lost: 0, strangers: 0, duplicates: 0, unbalanced: 0 };
  for (const format of ARCHIVE_FORMATS) {
    const one = await replayOne(format, records);
    process.stdout.write(`${format.name}: ${JSON.stringify(one)}\n`);
    sum.formats += 1;
    sum.arrived += one.arrived;
    sum.lost += one.lost;
    sum.strangers += one.strangers;
    sum.duplicates += one.duplicates;
    if (!one.isBalanced) sum.unbalanced += 1;
  }
  return sum;
}

async function replayOne(format: ArchiveFormat, records: number) {
  // All of it has to be there at the end: some 350 bytes a record.
  const rig = await openRig({ limitScale: null, recordBytesMax: 1_024 * 1_048_576 });
  try {
    const shape = { records, keys: { count: 50_000, zipf: null }, payloadBytes: 200 };
    const maker = new RecordMaker(shape);
    const prefix = `${format.name}/`;
    await putArchive(rig.s3, { prefix, recordsAnObject: RECORDS_AN_OBJECT }, format, maker);
    const target = await createTarget(rig.kinesis, CONNECTION, 'target', SHARDS);
    const { transform } = format;
    const of = settingsOf({ target, order: 'none', transform, prefix });
    const { ledger } = await replayWhole(rig, { ...of, withinMs: RUN_MS_MAX });
    const check = new TargetCheck(maker, records);
    for await (const record of dumpStream(rig.kinesis, 'target')) check.found(record);
    return { ...check.verdict(), isBalanced: isBalanced(ledger, records) };
  } finally {
    await rig.close();
  }
}
