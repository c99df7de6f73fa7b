import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { imbalances, planOf, transformWhole } from './testing/transform-whole.ts';

/** As CloudWatch Logs writes it. */
function message(messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE', texts: readonly string[]) {
  return gzipSync(
    JSON.stringify({
      messageType,
      owner: '123456789012',
      logGroup: '/aws/lambda/checkout',
      logStream: '2026/11/23/[$LATEST]1',
      subscriptionFilters: ['all'],
      logEvents: texts.map((text, id) => ({
        id: `${id}`,
        timestamp: 1_795_442_398_000,
        message: text,
      })),
    }),
  );
}

const CONTROL = message('CONTROL_MESSAGE', ['CWL CONTROL MESSAGE: Checking health of destination']);

async function decoded(stored: Uint8Array, compression: Compression, cuts: readonly number[] = []) {
  const plan = planOf({ kind: 'cloudwatch-logs' }, compression);
  const transformed = await transformWhole(chunksOf(stored, cuts), plan, DECOMPRESS_LIMITS);
  expect(imbalances(transformed, stored.length)).toEqual([]);
  const found = transformed.outcomes.map((one) =>
    one.kind === 'record' ? Buffer.from(one.record.data).toString('hex') : one.reason,
  );
  return { found, report: transformed.report };
}

const texts = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 });

it('gives each record as it was put, gzipped, but for messages that try the destination', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(texts), { maxLength: 6 }),
      fc.boolean(),
      arbitraryCuts,
      async (messages, isGzipped, cuts) => {
        const records = messages.map((some) =>
          some === null ? CONTROL : message('DATA_MESSAGE', some),
        );
        const plain = joined(records);
        const { found, report } = isGzipped
          ? await decoded(gzipSync(plain), 'gzip', cuts)
          : await decoded(plain, 'none', cuts);
        const kept = records.filter((record) => record !== CONTROL);
        expect(found).toEqual(kept.map((record) => record.toString('hex')));
        expect(report.decoded.framing).toBe((records.length - kept.length) * CONTROL.length);
      },
    ),
    { numRuns: 40 },
  );
});

it('accounts for each byte of whatever it is given, and throws nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(texts, { maxLength: 4 }),
      arbitraryDamage(),
      arbitraryCuts,
      async (messages, damage, cuts) => {
        const records = messages.map((some) => message('DATA_MESSAGE', some));
        await decoded(damage(joined([CONTROL, ...records])), 'none', cuts);
      },
    ),
    { numRuns: 120 },
  );
});

it('says of each record that is not whole what it is', async () => {
  const [one, other] = [message('DATA_MESSAGE', ['one']), message('DATA_MESSAGE', ['other'])];
  const spoilt = Uint8Array.from(other).with(other.length - 8, (other.at(-8) ?? 0) ^ 1);
  const reasons = async (...parts: Uint8Array[]) => (await decoded(joined(parts), 'none')).found;
  const [first, last] = [one.toString('hex'), other.toString('hex')];
  expect(await reasons(one, spoilt, other)).toEqual([first, 'checksum-mismatch', last]);
  expect(await reasons(one, other.subarray(0, -1))).toEqual([first, 'cut-off']);
  expect(await reasons(one, utf8('{"a":1}'), other)).toEqual([first, 'unexpected-bytes']);
  expect(await reasons(one, new Uint8Array(9))).toEqual([first]);
  const large = new Uint8Array(1_200_000);
  expect(await reasons(one, gzipSync(large, { level: 0 }))).toEqual([first, 'too-large']);
});
