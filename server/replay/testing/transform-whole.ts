import type { Outcome, TransformPlan } from '#lib/domain/replay/transform/decode-object.ts';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import type { DecompressLimits } from '#lib/domain/replay/transform/decompress/report.ts';
import {
  type TransformReport,
  transformObject,
} from '#lib/domain/replay/transform/transform-object.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';

export type Transformed = {
  readonly outcomes: readonly Outcome[];
  readonly report: TransformReport;
};

/** A plan under which each record that is there has a key. */
export function planOf(
  format: TransformPlan['format'],
  compression: Compression,
): TransformPlan & { readonly compression: Compression } {
  const key = { prefersArchived: true, source: null, fallback: { kind: 'payload-hash' } } as const;
  return { compression, format, deaggregates: true, key, recordBytesMax: 1_048_576 };
}

/** An object as a whole, which only tests can afford. */
export async function transformWhole(
  chunks: readonly Uint8Array[],
  plan: ReturnType<typeof planOf>,
  limits: DecompressLimits,
): Promise<Transformed> {
  const storedBytes = chunks.reduce((sum, { length }) => sum + length, 0);
  const object = { bucket: 'archive', key: 'a', etag: 'e', storedBytes };
  const tools = { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits };
  const stages = transformObject(sourceOf(chunks), object, plan, tools);
  const outcomes: Outcome[] = [];
  for (;;) {
    const { done, value } = await stages.next();
    if (done === true) return { outcomes, report: value };
    outcomes.push(...value);
  }
}

/** As storage gives bytes. */
async function* sourceOf(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** Accounts that do not balance, in words; none is well. */
export function imbalances({ outcomes, report }: Transformed, storedBytes: number): string[] {
  const { stored, decoded, records, quarantined } = report;
  const accounts: readonly (readonly [name: string, sum: number, whole: number])[] = [
    ['stored bytes', stored.memberBytes + stored.paddingBytes + stored.faultyBytes, storedBytes],
    [
      'decoded bytes',
      decoded.record + decoded.framing + decoded.quarantined + decoded.trailing,
      stored.decodedBytes,
    ],
    ['outcomes', records + quarantined, outcomes.length],
  ];
  return accounts.flatMap(([name, sum, whole]) =>
    sum === whole ? [] : [`${name}: ${sum} of ${whole}`],
  );
}
