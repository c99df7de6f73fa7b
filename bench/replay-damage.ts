import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { joined } from '#lib/domain/replay/testing/chunks.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { damagedObject } from '#server/replay/testing/damaged-object.ts';
import { transformWhole } from '#server/replay/testing/transform-whole.ts';
import { isBalanced } from './replay/check-ledger.ts';
import { dumpStream } from './replay/dump-target.ts';
import { objectKey, putObject } from './replay/put-archive.ts';
import { CONNECTION, settingsOf } from './replay/replay-settings.ts';
import { replayWhole } from './replay/replay-whole.ts';
import { openRig, type Rig } from './replay/rig.ts';
import { createTarget, deleteTarget } from './replay/target-stream.ts';

const OBJECTS_DEFAULT = 10_000;
const SEED = 7;
/** Of each run, beside what chance makes: a few kilobytes that become as many megabytes. */
const BOMBS = 2;
const BOMB_BYTES = 64 * 1_048_576;
const PUTS_AT_A_TIME = 16;
const RUN_MS_MAX = 600_000;

type Damaged = {
  readonly bytes: Uint8Array;
  readonly plan: Parameters<typeof transformWhole>[1];
};

/**
 * Objects that are cut off, flipped, padded, bombs or of another format are replayed from S3 to the target, by a run for
 * each format and compression that they may be read by. OBJECTS sets how many.
 *
 * - `unfinished`: runs that did not come to their end, or whose worker died
 * - `unaccounted`: runs in which an object has no end, or a unit none or two, or the target holds another number of
 *   records than was acknowledged, or than the decoder makes of these objects
 */
export async function run(): Promise<Record<string, number>> {
  const count = Number(process.env['OBJECTS'] ?? OBJECTS_DEFAULT);
  const rig = await openRig({ limitScale: null });
  try {
    const sum = { objects: 0, runs: 0, records: 0, quarantined: 0, unfinished: 0, unaccounted: 0 };
    for (const [number, objects] of byPlan(sample(count)).entries()) {
      const one = await replayDamaged(rig, number, objects).catch((error: unknown) => {
        process.stdout.write(`run ${number}: ${String(error)}\n`);
        return null;
      });
      sum.runs += 1;
      sum.objects += objects.length;
      if (one === null) {
        sum.unfinished += 1;
        continue;
      }
      sum.records += one.records;
      sum.quarantined += one.quarantined;
      if (!one.isAccountedFor) sum.unaccounted += 1;
      process.stdout.write(`run ${number}: ${JSON.stringify(one)}\n`);
    }
    return sum;
  } finally {
    await rig.close();
  }
}

function sample(count: number): Damaged[] {
  return fc
    .sample(damagedObject, { numRuns: count, seed: SEED })
    .map(({ chunks, plan }) => ({ bytes: joined(chunks), plan }));
}

function byPlan(objects: readonly Damaged[]): Damaged[][] {
  const groups = new Map<string, Damaged[]>();
  for (const object of objects) {
    const name = JSON.stringify(object.plan);
    const group = groups.get(name) ?? [];
    group.push(object);
    groups.set(name, group);
  }
  const bomb = gzipSync(new Uint8Array(BOMB_BYTES));
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    group.push(...Array.from({ length: BOMBS }, () => ({ ...first, bytes: bomb })));
  }
  return [...groups.values()];
}

async function replayDamaged(rig: Rig, number: number, objects: readonly Damaged[]) {
  const [first] = objects;
  if (first === undefined) throw new RangeError('A group has an object');
  const prefix = `damaged-${number}/`;
  const expected = { records: 0, quarantined: 0 };
  for (const { bytes, plan } of objects) {
    const { report } = await transformWhole([bytes], plan, DECOMPRESS_LIMITS);
    expected.records += report.records;
    expected.quarantined += report.quarantined;
  }
  for (let at = 0; at < objects.length; at += PUTS_AT_A_TIME) {
    const some = objects.slice(at, at + PUTS_AT_A_TIME);
    await Promise.all(
      some.map(({ bytes }, i) => putObject(rig.s3, objectKey(prefix, at + i, ''), bytes)),
    );
  }
  const streamName = `target-${number}`;
  const target = await createTarget(rig.kinesis, CONNECTION, streamName, 2);
  const of = settingsOf({ target, order: 'none', transform: first.plan, prefix });
  const { ledger } = await replayWhole(rig, { ...of, withinMs: RUN_MS_MAX });
  let arrived = 0;
  for await (const _ of dumpStream(rig.kinesis, streamName)) arrived += 1;
  await deleteTarget(rig.kinesis, streamName);
  const isAccountedFor =
    ledger.objectsCompleted + ledger.objectsWithQuarantine === objects.length &&
    isBalanced(ledger, expected.records + expected.quarantined) &&
    ledger.emitted === arrived &&
    arrived === expected.records;
  const { emitted: records, quarantined } = ledger;
  return { objects: objects.length, records, quarantined, arrived, expected, isAccountedFor };
}
