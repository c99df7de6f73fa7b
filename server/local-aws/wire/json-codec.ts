import { isAscii } from 'node:buffer';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import type { Codec } from './codec.ts';
import { parseLiftingData } from './lift-data.ts';
import { isList, WireTime, type WireValue } from './wire-value.ts';

/** AWS JSON 1.1: bytes as base64, instants as seconds with a fraction. */
export const jsonCodec: Codec = {
  contentType: 'application/x-amz-json-1.1',

  decode(body) {
    if (body.length === 0) {
      return {};
    }
    try {
      return parseLiftingData(body) ?? JSON.parse(body.toString(isAscii(body) ? 'latin1' : 'utf8'));
    } catch (cause) {
      if (cause instanceof SyntaxError) {
        throw new KinesisError('SerializationException', 'Could not parse the request as JSON.');
      }
      throw cause;
    }
  },

  encode: (value) => Buffer.from(jsonText(value), 'utf8'),
};

/** By hand rather than by JSON.stringify, which would spell a buffer out number by number. */
function jsonText(value: WireValue): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof Uint8Array) {
    return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"`;
  }
  if (value instanceof WireTime) {
    return String(value.epochMs / 1_000);
  }
  return isList(value) ? listText(value) : structureText(value);
}

function listText(items: readonly WireValue[]): string {
  let body = '';
  for (const item of items) {
    body += body === '' ? jsonText(item) : `,${jsonText(item)}`;
  }
  return `[${body}]`;
}

function structureText(members: { readonly [member: string]: WireValue | undefined }): string {
  let body = '';
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) {
      body += `${body === '' ? '' : ','}"${name}":${jsonText(value)}`;
    }
  }
  return `{${body}}`;
}
