import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { readCbor, writeCbor } from './cbor-tree.ts';
import type { Codec } from './codec.ts';

/**
 * AWS writes epoch milliseconds, where the tag's own standard (RFC 8949, 3.4.2) says seconds.
 * Source: github.com/aws/aws-sdk-java-v2/issues/4661, and its SdkCborGenerator.
 */
const MS_PER_UNIT = 1;

/** AWS CBOR 1.1, as Java clients send it by default: bytes as byte strings, instants as tagged milliseconds. */
export const cborCodec: Codec = {
  contentType: 'application/x-amz-cbor-1.1',

  decode(body) {
    if (body.length === 0) {
      return {};
    }
    try {
      return readCbor(body, MS_PER_UNIT);
    } catch {
      // By whichever kind of error: what is wrong lies in the body.
      throw new KinesisError('SerializationException', 'Could not parse the request as CBOR.');
    }
  },

  encode: (value) => writeCbor(value, MS_PER_UNIT),
};
