import type { Decoders } from '#lib/domain/replay/transform/decompress/decoders.ts';
import type { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';
import { beginsWith } from '#lib/domain/replay/transform/split/bytes.ts';
import { AvroBytes } from './avro-bytes.ts';
import { avroCodec } from './avro-codec.ts';
import { parseAvroSchema } from './avro-schema.ts';
import { avroPayloads } from './avro-values.ts';
import type { ContainerFault, ContainerPart } from './container-part.ts';
import { takePadding, takeRest } from './take-rest.ts';

/** What all Avro object container files begin with (Avro 1.12 specification, "Object Container Files"). */
export const AVRO_MAGIC = Uint8Array.of(0x4f, 0x62, 0x6a, 1);

const SYNC_BYTES = 16;
const HEADER_BYTES_MAX = 2 ** 20;
/** Two numbers of up to ten bytes each. */
const BLOCK_HEADER_BYTES_MAX = 20;

type AvroLimits = {
  /** Of a block, as it is stored and as it comes out of its codec. */
  readonly blockBytesMax: number;
  readonly recordBytesMax: number;
};

/**
 * Reads an Avro file block by block: a block's values share its bytes. Avro keeps values and not what they were made
 * of, so that payloads are written anew, but for files whose values are bytes or text.
 */
export async function* readAvroFile(
  input: InputReader,
  decoders: Decoders,
  limits: AvroLimits,
): AsyncGenerator<ContainerPart> {
  const header = await takeHeader(input);
  if (header === null) return;
  const decode = typeof header === 'string' ? header : blockDecoder(header, decoders, limits);
  if (input.position > 0) yield { kind: 'framing', bytes: input.position };
  if (typeof header === 'string' || typeof decode === 'string') {
    const reason = typeof decode === 'string' ? decode : 'container-corrupt';
    if ((await input.peek(1)).length > 0)
      yield await takeRest(input, reason, limits.recordBytesMax);
    return;
  }
  while ((await input.peek(1)).length > 0) {
    const padding = await takePadding(input, limits.recordBytesMax);
    const part = padding ?? (await takeBlock(input, header.sync, limits.blockBytesMax, decode));
    yield typeof part === 'string' ? await takeRest(input, part, limits.recordBytesMax) : part;
  }
}

type Payloads = Extract<ContainerPart, { kind: 'payloads' }>['payloads'];

/** What a block's values become; reads no further than the block. */
type BlockDecoder = (block: Uint8Array, count: number) => Promise<Payloads | ContainerFault>;

function blockDecoder(
  { schema, codec: codecName }: AvroHeader,
  decoders: Decoders,
  { blockBytesMax, recordBytesMax }: AvroLimits,
): BlockDecoder | ContainerFault {
  const type = parseAvroSchema(schema);
  const codec = avroCodec(codecName, decoders, blockBytesMax);
  if (type === null || codec === null) return 'container-unsupported';
  return async (block, count) => {
    const values = await codec(block);
    if (typeof values === 'string') return values;
    return avroPayloads(values, count, type, recordBytesMax) ?? 'container-corrupt';
  };
}

type AvroHeader = {
  readonly schema: string;
  readonly codec: string;
  readonly sync: Uint8Array;
};

/** null where the object is empty. Of a header that cannot be used nothing is taken. */
async function takeHeader(
  input: InputReader,
): Promise<AvroHeader | ContainerFault | 'cut-off' | null> {
  for (let wanted = AVRO_MAGIC.length; ; wanted *= 2) {
    const window = await input.peek(wanted);
    if (window.length === 0) return null;
    if (!beginsWith(window, AVRO_MAGIC)) return 'container-corrupt';
    const bytes = new AvroBytes(window, AVRO_MAGIC.length);
    const entries = bytes.map();
    const sync = bytes.take(SYNC_BYTES);
    if (!bytes.isBad && sync !== null) {
      const schema = entries.get('avro.schema');
      if (schema === undefined) return 'container-corrupt';
      input.take(bytes.position);
      return { schema, codec: entries.get('avro.codec') ?? 'null', sync };
    }
    if (bytes.isBad) return 'container-corrupt';
    if (window.length < wanted) return 'cut-off';
    if (wanted >= HEADER_BYTES_MAX) return 'container-too-large';
  }
}

/** Of a block that is at fault nothing is taken. */
async function takeBlock(
  input: InputReader,
  sync: Uint8Array,
  blockBytesMax: number,
  decode: BlockDecoder,
): Promise<ContainerPart | ContainerFault | 'cut-off'> {
  const head = new AvroBytes(await input.peek(BLOCK_HEADER_BYTES_MAX), 0);
  const [count, size] = [head.long(), head.long()];
  if (head.isBad) return 'container-corrupt';
  if (count === null || size === null) return 'cut-off';
  if (count < 0 || size < 0) return 'container-corrupt';
  if (size > blockBytesMax) return 'container-too-large';
  const from = head.position;
  const length = from + size + SYNC_BYTES;
  const window = await input.peek(length);
  if (window.length < length) return 'cut-off';
  const bytes = window.subarray(0, length);
  if (!beginsWith(bytes.subarray(from + size), sync)) return 'container-corrupt';
  const payloads = await decode(bytes.subarray(from, from + size), count);
  const start = input.position;
  input.take(length);
  const span = { start, end: start + length, bytes };
  // The sync marker was where it should be, so that the next block is where this one ends.
  if (typeof payloads === 'string') return { kind: 'quarantined', reason: payloads, ...span };
  return payloads.length === 0
    ? { kind: 'framing', bytes: length }
    : { kind: 'payloads', payloads, ...span };
}
