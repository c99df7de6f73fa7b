// biome-ignore lint/style/noRestrictedImports: an encoding, not the SDK: the smithy packages hold both.
import { cbor, tag, tagSymbol } from '@smithy/core/cbor';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { Codec } from './codec.ts';
import { isList, WireTime, type WireValue } from './wire-value.ts';

/**
 * An instant. AWS writes epoch milliseconds, where the tag's own standard (RFC 8949, 3.4.2) says seconds.
 * Source: github.com/aws/aws-sdk-java-v2/issues/4661, and its SdkCborGenerator.
 */
const TIME_TAG = 1;

/** AWS CBOR 1.1, as Java clients send it by default: bytes as byte strings, instants as tagged milliseconds. */
export const cborCodec: Codec = {
  contentType: 'application/x-amz-cbor-1.1',

  decode(body) {
    if (body.length === 0) {
      return {};
    }
    let decoded: unknown;
    try {
      decoded = cbor.deserialize(body);
    } catch {
      // Whatever the decoder stumbles over, by whichever kind of error, lies in the body: it reads nothing else.
      throw new KinesisError('SerializationException', 'Could not parse the request as CBOR.');
    }
    return untagged(decoded);
  },

  encode(value) {
    const encoded = cbor.serialize(tagged(value));
    return Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  },
};

/** Puts instants in place of their tags, throughout; what other tags hold is taken without them. */
function untagged(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(untagged);
  }
  if (tagSymbol in value && 'tag' in value && 'value' in value) {
    return value.tag === TIME_TAG && typeof value.value === 'number'
      ? new WireTime(value.value)
      : untagged(value.value);
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, untagged(item)]));
}

/** In the encoder's own terms, which know neither our instants nor members that are left out. */
function tagged(value: WireValue): unknown {
  if (typeof value !== 'object' || value instanceof Uint8Array) {
    return value;
  }
  if (value instanceof WireTime) {
    return tag({ tag: TIME_TAG, value: Math.round(value.epochMs) });
  }
  if (isList(value)) {
    return value.map(tagged);
  }
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) {
      members[name] = tagged(member);
    }
  }
  return members;
}
