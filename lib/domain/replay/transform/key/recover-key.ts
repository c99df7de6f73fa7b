import {
  type ArchivedRecord,
  type ObjectVersion,
  type ReplayRecord,
  recordId,
} from '#lib/domain/replay/record.ts';
import { type JsonPath, valueAt } from '#lib/domain/replay/transform/payload/json-path.ts';
import { JsonText } from '#lib/domain/replay/transform/payload/json-text.ts';
import { type KeyTemplate, keyInObjectKey } from './key-template.ts';
import { isPartitionKey } from './partition-key.ts';

/** Where keys come from. All ways are deterministic: a record that is sent twice goes to the same shard. */
export type KeyRule = {
  /** Take the key that was archived, where there is one, before anything else. */
  readonly prefersArchived: boolean;
  readonly source:
    | { readonly kind: 'payload-path'; readonly path: JsonPath }
    | { readonly kind: 'object-key'; readonly template: KeyTemplate }
    | null;
  readonly fallback: KeyFallback;
};

/**
 * What becomes of a record for which no key is found. `payload-hash`: SHA-256 of the payload, so that equal payloads
 * share a shard. `place-hash`: SHA-256 of where the record is, which spreads them. `constant` loads one shard alone.
 */
export type KeyFallback =
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'payload-hash' }
  | { readonly kind: 'place-hash' }
  | { readonly kind: 'constant'; readonly key: string };

/** SHA-256 of bytes: 32 of them. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

type Found = Pick<ReplayRecord, 'partitionKey' | 'keySource'>;

/**
 * Gives a record its partition key. An archived hash key stays with the archived partition key only: under another key
 * it would send the record where nobody expects it.
 * @returns null where there is no key, and the rule is to quarantine such records
 */
export function recoverKey(
  record: ArchivedRecord,
  rule: KeyRule,
  from: { readonly object: ObjectVersion; readonly sha256: Sha256 },
): ReplayRecord | null {
  const { partitionKey: archived } = record;
  if (archived !== null && rule.prefersArchived) {
    return { ...record, partitionKey: archived, keySource: 'archived' };
  }
  const found = sourcedKey(record, rule, from.object) ?? fallbackKey(record, rule.fallback, from);
  return found === null ? null : { ...record, explicitHashKey: null, ...found };
}

function sourcedKey(
  { data }: ArchivedRecord,
  { source }: KeyRule,
  object: ObjectVersion,
): Found | null {
  if (source === null) return null;
  const { kind: keySource } = source;
  const key =
    keySource === 'payload-path'
      ? scalarAt(data, source.path)
      : keyInObjectKey(source.template, object.key);
  return key !== null && isPartitionKey(key) ? { partitionKey: key, keySource } : null;
}

/** A string's text, or a number's digits as they are written: two ids above 2^53 stay two. */
function scalarAt(data: Uint8Array, path: JsonPath): string | null {
  const text = new JsonText(data);
  const value = valueAt(text, path);
  return value === null ? null : (text.string(value) ?? text.number(value));
}

function fallbackKey(
  record: ArchivedRecord,
  fallback: KeyFallback,
  { object, sha256 }: { readonly object: ObjectVersion; readonly sha256: Sha256 },
): Found | null {
  switch (fallback.kind) {
    case 'quarantine':
      return null;
    case 'payload-hash':
      return { partitionKey: hex(sha256(record.data)), keySource: 'payload-hash' };
    case 'place-hash': {
      const place = new TextEncoder().encode(recordId(record, object));
      return { partitionKey: hex(sha256(place)), keySource: 'place-hash' };
    }
    case 'constant':
      return { partitionKey: fallback.key, keySource: 'constant' };
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}
