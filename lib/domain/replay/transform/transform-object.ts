import type { ObjectVersion } from '#lib/domain/replay/record.ts';
import { readContainer } from './container/read-container.ts';
import {
  type ByteLedger,
  type Digests,
  ObjectDecoder,
  type Outcome,
  type TransformPlan,
} from './decode-object.ts';
import { type Compression, type DecompressOptions, decompress } from './decompress/decompress.ts';
import type { DecompressReport } from './decompress/report.ts';
import { isContainer } from './format.ts';

/** What the runtime does for the pipeline, and how far it may go. */
export type TransformTools = Pick<DecompressOptions, 'decoders' | 'limits'> & {
  readonly digests: Digests;
};

/** An object of the archive, at the version that the plan has frozen. */
export type StoredObject = ObjectVersion & { readonly storedBytes: number };

/**
 * What became of an object: its stored bytes, the bytes that they decompressed to, and how many outcomes of each kind
 * there were. What could not be decompressed is one of them, the last.
 */
export type TransformReport = {
  readonly stored: DecompressReport;
  readonly decoded: ByteLedger;
  readonly records: number;
  readonly quarantined: number;
};

/**
 * The first stage of a replay: the records of one object, in their order, in batches as large as what came at a time.
 * Reads no further than it is asked to.
 * @throws only what the source throws: an object that cannot be read now is not one that is broken
 */
export async function* transformObject(
  source: AsyncIterable<Uint8Array>,
  object: StoredObject,
  plan: TransformPlan & { readonly compression: Compression },
  tools: TransformTools,
): AsyncGenerator<readonly Outcome[], TransformReport> {
  const { decoders, limits, digests } = tools;
  const decoder = new ObjectDecoder(plan, object, digests);
  const tally = { records: 0, quarantined: 0 };
  const { compression, format, recordBytesMax } = plan;
  const options = { compression, storedBytes: object.storedBytes, limits, decoders };
  const decompressed = decompress(source, options);
  const stored = isContainer(format)
    ? yield* throughContainer(decompressed, (chunks) =>
        mapped(
          readContainer(chunks, format, {
            decoders,
            recordBytesMax,
            blockBytesMax: limits.blockBytesMax,
          }),
          (part) => counted(decoder.take(part), tally),
        ),
      )
    : yield* mapped(decompressed, (piece) => counted(decoder.push(piece), tally));
  yield counted(decoder.end(stored.fault), tally);
  return { stored, decoded: decoder.ledger, ...tally };
}

/** What `read` makes of the chunks, and behind it what their generator returns: a container is read to its end. */
async function* throughContainer<Chunk, Value, Result>(
  generator: AsyncGenerator<Chunk, Result>,
  read: (chunks: AsyncIterable<Chunk>) => AsyncGenerator<Value>,
): AsyncGenerator<Value, Result> {
  const results: Result[] = [];
  async function* chunks(): AsyncGenerator<Chunk> {
    results.push(yield* generator);
  }
  yield* read(chunks());
  const [result] = results;
  if (result === undefined) throw new Error('A container was not read to its end');
  return result;
}

async function* mapped<From, To, Result>(
  generator: AsyncGenerator<From, Result>,
  map: (value: From) => To,
): AsyncGenerator<To, Result> {
  try {
    for (;;) {
      const { done, value } = await generator.next();
      if (done === true) return value;
      yield map(value);
    }
  } finally {
    // Whoever wants no more has to let the source go.
    await generator[Symbol.asyncDispose]();
  }
}

function counted(outcomes: readonly Outcome[], tally: { records: number; quarantined: number }) {
  const records = outcomes.filter(({ kind }) => kind === 'record').length;
  tally.records += records;
  tally.quarantined += outcomes.length - records;
  return outcomes;
}
