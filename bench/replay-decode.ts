import { createHash, type Hash } from 'node:crypto';
import fc from 'fast-check';
import { utf8 } from '#lib/domain/replay/testing/chunks.ts';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { transformObject } from '#lib/domain/replay/transform/transform-object.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';
import { DAMAGE_LIMITS, damagedObject } from '#server/replay/testing/damaged-object.ts';
import { imbalances, planOf, transformWhole } from '#server/replay/testing/transform-whole.ts';
import {
  PACK,
  WRITTEN_FORMATS,
  type WrittenFormat,
} from '#server/replay/testing/written-formats.ts';

const RECORDS = 1_000_000;
const RECORDS_A_MEMBER = 5_000;
const CHUNK_BYTES = 65_536;

/** The same member again and again: the first times are of code that is not compiled yet. */
const WARM_UP_MEMBERS = 20;
const TIMED_MEMBERS = 60;

const DAMAGED_OBJECTS = 10_000;
const SEED = 7;

type Archive = WrittenFormat & { readonly compression: Compression };

const ARCHIVES: readonly Archive[] = [
  ...WRITTEN_FORMATS.map((format) => ({ ...format, compression: 'gzip' }) as const),
  ...WRITTEN_FORMATS.slice(0, 1).flatMap((format) =>
    (['zstd', 'snappy', 'hadoop-snappy', 'zip'] as const).map((compression) => ({
      ...format,
      name: `${format.name}.${compression}`,
      compression,
    })),
  ),
];

/**
 * Whether decoding keeps every byte, what it costs, and what it makes of damage.
 *
 * - `changedArchives`: of an archive of a million records in each byte-exact format, gzipped, and of Firehose's in each
 *   other compression, those whose payloads came out with another hash, another order or another number
 * - `cpuMsPerMB…`: CPU of this process for each MB (10^6 bytes) of payload, from its compression to records with a key
 * - `peakRssMB`: of this process, while all these archives went through as one object each
 * - `damagedThrown`, `damagedUnbalanced`: of 10,000 objects that are cut off, flipped, padded, bombs or of other formats
 */
export async function run(): Promise<Record<string, number>> {
  const costs: Record<string, number> = {};
  let changedArchives = 0;
  for (const archive of ARCHIVES) {
    if (!(await comesBackWhole(archive))) changedArchives += 1;
    costs[`cpuMsPerMB.${archive.name}`] = Number((await cpuMsPerMB(archive)).toFixed(2));
  }
  const peakRssMB = Math.ceil(process.resourceUsage().maxRSS / 1_024);
  return { records: RECORDS, changedArchives, ...costs, peakRssMB, ...(await decodeDamaged()) };
}

/** One object of a million records, which is made as it is read. */
async function comesBackWhole(archive: Archive): Promise<boolean> {
  const sent = createHash('sha256');
  function* members(): Generator<Uint8Array> {
    for (let first = 0; first < RECORDS; first += RECORDS_A_MEMBER) {
      const payloads = payloadsFrom(first);
      for (const payload of payloads) takeIn(sent, payload);
      yield memberOf(archive, payloads);
    }
  }
  const arrived = createHash('sha256');
  const records = await decode(archive, members(), (data) => takeIn(arrived, data));
  return records === RECORDS && sent.digest('hex') === arrived.digest('hex');
}

/** With its length, so that two payloads are not one. */
function takeIn(hash: Hash, payload: Uint8Array): void {
  hash.update(`${payload.length}:`).update(payload);
}

async function cpuMsPerMB(archive: Archive): Promise<number> {
  const member = memberOf(archive, payloadsFrom(0));
  let before = process.cpuUsage();
  let read = 0;
  let bytes = 0;
  function* members(): Generator<Uint8Array> {
    for (; read < WARM_UP_MEMBERS + TIMED_MEMBERS; read += 1) {
      if (read === WARM_UP_MEMBERS) {
        before = process.cpuUsage();
        bytes = 0;
      }
      yield member;
    }
  }
  await decode(archive, members(), (data) => {
    bytes += data.length;
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / (bytes / 1e6);
}

/** @returns the number of records */
async function decode(
  archive: Archive,
  members: Iterable<Uint8Array>,
  onPayload: (data: Uint8Array) => void,
): Promise<number> {
  const object = { bucket: 'archive', key: 'a', etag: 'e', storedBytes: 0 };
  const tools = { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits: DECOMPRESS_LIMITS };
  const plan = planOf(archive.format, archive.compression);
  let records = 0;
  for await (const outcomes of transformObject(chunked(members), object, plan, tools)) {
    for (const outcome of outcomes) {
      if (outcome.kind !== 'record') continue;
      records += 1;
      onPayload(outcome.record.data);
    }
  }
  return records;
}

async function* chunked(members: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const member of members) {
    for (let at = 0; at < member.length; at += CHUNK_BYTES) {
      yield member.subarray(at, at + CHUNK_BYTES);
    }
  }
}

function memberOf({ write, compression }: Archive, payloads: readonly Uint8Array[]): Uint8Array {
  return PACK[compression](utf8(payloads.map(write).join('')));
}

/** Some 600 bytes each, all different, of few words, as tweets are. */
function payloadsFrom(first: number): Uint8Array[] {
  return Array.from({ length: RECORDS_A_MEMBER }, (_, i) => {
    const id = first + i;
    const text = Array.from(
      { length: 80 },
      (_, word) => WORDS[(id * 7 + word * word) % WORDS.length],
    );
    const tweet = {
      topic: `topic-${id % 100_000}`,
      id: `90071992547409930${id}`,
      text: text.join(' '),
    };
    return utf8(JSON.stringify(tweet));
  });
}

const WORDS = 'a }{ \\" ä shard hash key lease record stream film 🎞 frame window replay'.split(' ');

async function decodeDamaged(): Promise<Record<string, number>> {
  let damagedThrown = 0;
  let damagedUnbalanced = 0;
  for (const object of fc.sample(damagedObject, { numRuns: DAMAGED_OBJECTS, seed: SEED })) {
    try {
      const transformed = await transformWhole(object.chunks, object.plan, DAMAGE_LIMITS);
      if (imbalances(transformed, object.storedBytes).length > 0) damagedUnbalanced += 1;
    } catch {
      damagedThrown += 1;
    }
  }
  return { damagedObjects: DAMAGED_OBJECTS, damagedThrown, damagedUnbalanced };
}
