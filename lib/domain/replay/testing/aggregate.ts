import { md5 } from '#lib/domain/md5.ts';
import type { SubRecord } from '#lib/domain/replay/transform/aggregate/deaggregate.ts';
import { joined, utf8 } from './chunks.ts';

/** An aggregate as the KPL makes it: tables of keys, records that name their places in them, and a checksum. */
export function aggregateOf(records: readonly SubRecord[]): Uint8Array {
  const keys = [...new Set(records.map(({ partitionKey }) => partitionKey))];
  const hashes = [
    ...new Set(records.flatMap(({ explicitHashKey: key }) => (key === null ? [] : [key]))),
  ];
  const message = joined([
    ...keys.map((key) => lengthDelimited(1, utf8(key))),
    ...hashes.map((key) => lengthDelimited(2, utf8(String(key)))),
    ...records.map(({ data, partitionKey, explicitHashKey }) => {
      const hash =
        explicitHashKey === null ? [] : [varintField(2, hashes.indexOf(explicitHashKey))];
      const fields = [
        varintField(1, keys.indexOf(partitionKey)),
        ...hash,
        lengthDelimited(3, data),
      ];
      return lengthDelimited(3, joined(fields));
    }),
  ]);
  return sealed(message);
}

/** Any bytes between the magic number and a checksum that is right. */
export function sealed(message: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(0xf3, 0x89, 0x9a, 0xc2), message, md5(message)]);
}

export function varintField(number: number, value: number): Uint8Array {
  return joined([varint(number * 8), varint(value)]);
}

export function lengthDelimited(number: number, bytes: Uint8Array): Uint8Array {
  return joined([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}
