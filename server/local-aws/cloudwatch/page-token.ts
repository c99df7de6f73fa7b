import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CloudWatchError } from './cloudwatch-error.ts';

/** A NextToken that carries all that the next page needs, so that the service keeps no state of it. */
const pageToken = z.object({
  /** Hash of the request that it continues: it fits no other. */
  of: z.string(),
  /** How many things were answered before. */
  skip: z.int().min(0),
  /** When the first page was asked: later pages show the world as it was then. */
  nowMs: z.number(),
});

export type PageToken = z.infer<typeof pageToken>;

function requestHash(request: object): string {
  return createHash('sha256')
    .update(JSON.stringify({ ...request, NextToken: undefined }))
    .digest('base64url')
    .slice(0, 16);
}

export function encodePageToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/**
 * Where to go on: at the start, or where the token says.
 * @throws CloudWatchError (InvalidNextToken) for a token that is not ours or of another request.
 */
export function openPage(request: { NextToken?: string | undefined }, nowMs: number): PageToken {
  const of = requestHash(request);
  if (request.NextToken === undefined) {
    return { of, skip: 0, nowMs };
  }
  const token = decode(request.NextToken);
  if (token === null || token.of !== of) {
    throw new CloudWatchError('InvalidNextToken', 'The next token specified is invalid.');
  }
  return token;
}

function decode(text: string): PageToken | null {
  try {
    return pageToken.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    // Whatever is wrong with it, it is not a token that we gave out.
    return null;
  }
}
