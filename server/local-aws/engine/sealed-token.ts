import { crc32 } from 'node:zlib';

const SEPARATOR = '|';

/**
 * An opaque token for callers to hand back: base64url of a kind, a checksum and fields. AWS encrypts
 * its own; here the checksum only tells a token of ours from one that somebody made up or cut short.
 * @param fields must not contain `|`; stream names and numbers do not.
 */
export function sealToken(kind: string, fields: readonly (string | number)[]): string {
  const body = [kind, ...fields].join(SEPARATOR);
  return Buffer.from(`${crc32(body)}${SEPARATOR}${body}`, 'latin1').toString('base64url');
}

/** @returns the fields as text, or null where this is no token of that kind. */
export function unsealToken(kind: string, token: string): readonly string[] | null {
  const text = Buffer.from(token, 'base64url').toString('latin1');
  const cut = text.indexOf(SEPARATOR);
  const body = text.slice(cut + 1);
  if (cut < 0 || text.slice(0, cut) !== String(crc32(body))) {
    return null;
  }
  const [foundKind, ...fields] = body.split(SEPARATOR);
  return foundKind === kind ? fields : null;
}
