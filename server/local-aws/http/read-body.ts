import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** A body that cannot be taken; `message` is for the caller. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
}

/**
 * The whole body of a request, gunzipped where `content-encoding: gzip` says so.
 * @throws BodyError when the body, packed or unpacked, is longer than `maxBytes`, or is not what its encoding says.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new BodyError(`The request body is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const packed = Buffer.concat(chunks, length);
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') {
    return packed;
  }
  if (encoding !== 'gzip') {
    throw new BodyError(`Content-Encoding ${encoding} is not supported; gzip is`);
  }
  try {
    return await unzip(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new BodyError('The request body is not gzip, or too long when unpacked', {
      cause: error,
    });
  }
}
