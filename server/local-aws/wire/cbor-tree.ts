// biome-ignore lint/style/noRestrictedImports: an encoding, not the SDK: the smithy packages hold both.
import { cbor, tag, tagSymbol } from '@smithy/core/cbor';
import { isList, WireTime, type WireValue } from './wire-value.ts';

/** An instant. Which unit it counts depends on the protocol. */
const TIME_TAG = 1;

/**
 * Reads one CBOR value; instants become `WireTime`, whose tags count `msPerUnit` milliseconds each.
 * @throws whatever the decoder stumbles over: it lies in the body, since nothing else is read.
 */
export function readCbor(body: Buffer, msPerUnit: number): unknown {
  return untagged(cbor.deserialize(body), msPerUnit);
}

/** Writes one CBOR value, with instants in units of `msPerUnit` milliseconds. */
export function writeCbor(value: WireValue, msPerUnit: number): Buffer {
  const encoded = cbor.serialize(tagged(value, msPerUnit));
  return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
}

/** Puts instants in place of their tags, throughout; what other tags hold is taken without them. */
function untagged(value: unknown, msPerUnit: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => untagged(item, msPerUnit));
  }
  if (tagSymbol in value && 'tag' in value && 'value' in value) {
    return value.tag === TIME_TAG && typeof value.value === 'number'
      ? new WireTime(value.value * msPerUnit)
      : untagged(value.value, msPerUnit);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, untagged(item, msPerUnit)]),
  );
}

/** In the encoder's own terms, which know neither our instants nor members that are left out. */
function tagged(value: WireValue, msPerUnit: number): unknown {
  if (typeof value !== 'object' || value instanceof Uint8Array) {
    return value;
  }
  if (value instanceof WireTime) {
    return tag({ tag: TIME_TAG, value: Math.round(value.epochMs) / msPerUnit });
  }
  if (isList(value)) {
    return value.map((item) => tagged(item, msPerUnit));
  }
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) {
      members[name] = tagged(member, msPerUnit);
    }
  }
  return members;
}
