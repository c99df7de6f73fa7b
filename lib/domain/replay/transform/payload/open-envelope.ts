import { type HashKey, parseHashKey } from '#lib/domain/hash-key.ts';
import type { RecordOrigin } from '#lib/domain/replay/record.ts';
import { isPartitionKey } from '#lib/domain/replay/transform/key/partition-key.ts';
import type { JsonSpan } from '#lib/domain/replay/transform/split/json-bytes.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { decodeBase64 } from './base64.ts';
import type { EnvelopeMap } from './envelope-map.ts';
import { JsonText } from './json-text.ts';
import { MemberReader } from './member-reader.ts';
import type { Payload, PayloadFault } from './payload.ts';
import { readTime } from './read-time.ts';

type Found = {
  readonly text: JsonText;
  readonly values: ReadonlyMap<keyof EnvelopeMap, JsonSpan>;
};

/**
 * Opens envelopes of one kind. What decides which record it is and where it goes has to be right, or it is not sent;
 * an origin that cannot be read is unknown.
 */
export class EnvelopeOpener {
  readonly #map: EnvelopeMap;
  readonly #members: MemberReader<keyof EnvelopeMap>;

  constructor(map: EnvelopeMap) {
    this.#map = map;
    this.#members = new MemberReader({ ...map, arrival: map.arrival?.path ?? null });
  }

  /** @param bytes one JSON value */
  open(bytes: Uint8Array): Payload | PayloadFault {
    const text = new JsonText(bytes);
    const values = this.#members.read(text);
    if (values === null) return 'no-payload';
    const found: Found = { text, values };
    const data = payloadOf(found);
    if (typeof data === 'string') return data;
    const key = partitionKeyOf(found);
    if (key === 'bad-partition-key') return key;
    const hash = explicitHashKeyOf(found);
    if (hash === 'bad-hash-key') return hash;
    const sub = scalarOf(found, 'subSequenceNumber');
    return {
      data,
      partitionKey: key?.partitionKey ?? null,
      explicitHashKey: hash,
      origin: this.#originOf(found),
      sub: sub !== null && /^\d{1,9}$/.test(sub) ? Number(sub) : null,
    };
  }

  #originOf(found: Found): RecordOrigin {
    const sequenceNumber = scalarOf(found, 'sequenceNumber');
    const arrival = scalarOf(found, 'arrival');
    const form = this.#map.arrival?.form;
    return {
      shardId: scalarOf(found, 'shardId'),
      sequenceNumber: sequenceNumber === null ? null : parseSequenceNumber(sequenceNumber),
      arrivalMs: arrival === null || form === undefined ? null : readTime(arrival, form),
    };
  }
}

function payloadOf({ text, values }: Found): Uint8Array | 'no-payload' | 'bad-base64' {
  const value = values.get('data');
  const content = value === undefined ? null : text.stringBytes(value);
  return content === null ? 'no-payload' : (decodeBase64(content) ?? 'bad-base64');
}

function partitionKeyOf({ text, values }: Found) {
  const value = values.get('partitionKey');
  if (value === undefined) return null;
  const partitionKey = text.string(value);
  return partitionKey !== null && isPartitionKey(partitionKey)
    ? { partitionKey }
    : ('bad-partition-key' as const);
}

function explicitHashKeyOf(found: Found): HashKey | null | 'bad-hash-key' {
  if (!found.values.has('explicitHashKey')) return null;
  return parseHashKey(scalarOf(found, 'explicitHashKey') ?? '') ?? 'bad-hash-key';
}

/** A string, or a number as it is written: some writers quote sequence numbers and times, some do not. */
function scalarOf({ text, values }: Found, name: keyof EnvelopeMap): string | null {
  const value = values.get(name);
  return value === undefined ? null : (text.string(value) ?? text.number(value));
}
