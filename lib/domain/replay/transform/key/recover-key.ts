import type { HashKey } from '#lib/domain/hash-key.ts';
import {
  type ArchivedRecord,
  type ObjectVersion,
  type ReplayRecord,
  recordId,
} from '#lib/domain/replay/record.ts';
import { type JsonPath, valueAt } from '#lib/domain/replay/transform/payload/json-path.ts';
import { JsonText } from '#lib/domain/replay/transform/payload/json-text.ts';
import type { JsonSpan } from '#lib/domain/replay/transform/split/json-bytes.ts';
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

/** The same as 64 hexadecimal digits, which runtimes have quicker than bytes. */
export type Sha256Hex = (bytes: Uint8Array) => string;

type Found = Pick<ReplayRecord, 'partitionKey' | 'keySource'>;

/**
 * Gives a record its partition key. An archived hash key stays with the archived partition key only: under another key
 * it would send the record where nobody expects it.
 * @param member where in the payload the value is to which the first step of the rule's path leads; null: to none. Not
 * given where that is not known yet.
 * @returns null where there is no key, and the rule is to quarantine such records
 */
export function recoverKey(
  record: ArchivedRecord,
  rule: KeyRule,
  from: { readonly object: ObjectVersion; readonly sha256Hex: Sha256Hex },
  member?: JsonSpan | null,
): ReplayRecord | null {
  const { partitionKey: archived } = record;
  if (archived !== null && rule.prefersArchived) {
    return withKey(record, record.explicitHashKey, archived, 'archived');
  }
  const found =
    sourcedKey(record, rule, from.object, member) ?? fallbackKey(record, rule.fallback, from);
  return found === null ? null : withKey(record, null, found.partitionKey, found.keySource);
}

/** Written out, as records are many: a spread costs more than all that it copies. */
function withKey(
  { data, origin, place }: ArchivedRecord,
  explicitHashKey: HashKey | null,
  partitionKey: string,
  keySource: ReplayRecord['keySource'],
): ReplayRecord {
  return { data, partitionKey, explicitHashKey, origin, place, keySource };
}

function sourcedKey(
  { data }: ArchivedRecord,
  { source }: KeyRule,
  object: ObjectVersion,
  member: JsonSpan | null | undefined,
): Found | null {
  if (source === null) return null;
  const { kind: keySource } = source;
  const key =
    keySource === 'payload-path'
      ? scalarAt(data, source.path, member)
      : keyInObjectKey(source.template, object.key);
  return key !== null && isPartitionKey(key) ? { partitionKey: key, keySource } : null;
}

/**
 * The member of a payload that a key is looked for in.
 * @returns null where it is looked for nowhere, or not by name
 */
export function memberAskedFor({ source }: KeyRule): string | null {
  const [first] = source?.kind === 'payload-path' ? source.path : [];
  return typeof first === 'string' ? first : null;
}

/** A string's text, or a number's digits as they are written: two ids above 2^53 stay two. */
function scalarAt(
  data: Uint8Array,
  path: JsonPath,
  member: JsonSpan | null | undefined,
): string | null {
  if (member === null) return null;
  const text = new JsonText(data);
  const value = member === undefined ? valueAt(text, path) : valueAt(text, path, member, 1);
  return value === null ? null : (text.string(value) ?? text.number(value));
}

function fallbackKey(
  record: ArchivedRecord,
  fallback: KeyFallback,
  { object, sha256Hex }: { readonly object: ObjectVersion; readonly sha256Hex: Sha256Hex },
): Found | null {
  switch (fallback.kind) {
    case 'quarantine':
      return null;
    case 'payload-hash':
      return { partitionKey: sha256Hex(record.data), keySource: 'payload-hash' };
    case 'place-hash': {
      const place = new TextEncoder().encode(recordId(record, object));
      return { partitionKey: sha256Hex(place), keySource: 'place-hash' };
    }
    case 'constant':
      return { partitionKey: fallback.key, keySource: 'constant' };
  }
}
