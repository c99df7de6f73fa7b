import type { IncomingMessage } from 'node:http';

/** The largest PutRecords, 10 MiB, as base64 with its names, keys and commas. */
const BODY_BYTES_MAX = 20 * 1_024 * 1_024;

/** The body is larger than any request may be. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * The whole body.
 * @throws BodyTooLargeError, and whatever ended the connection before the body was complete.
 */
export function readBody(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_BYTES_MAX) {
        reject(new BodyTooLargeError(`A request has at most ${BODY_BYTES_MAX} bytes`));
        return;
      }
      chunks.push(chunk);
    });
    req.on('end', () => {
      isWhole = true;
      resolve(Buffer.concat(chunks, size));
    });
    req.on('error', reject);
    req.on('close', () => {
      // Not `complete`, which node:http2 also says of a request that was aborted.
      if (!isWhole) {
        reject(new Error('The connection was closed within a request'));
      }
    });
  });
}
