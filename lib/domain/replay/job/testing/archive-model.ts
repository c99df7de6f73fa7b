import { type HashKey, hashKey } from '#lib/domain/hash-key.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';

/** What the stages before the buffer say of a unit; the same each time that it is decoded. */
export type UnitFate = 'send' | 'filtered' | 'deduplicated' | 'quarantined';

type ModelUnit = { readonly key: number; readonly fate: UnitFate };

/** For tests: objects of an archive, each with its units in their order. */
export type ModelArchive = readonly (readonly ModelUnit[])[];

/** Keys from here on fall together: a ring of so many places. */
const KEYS = 8;

/** One object is made anew each time that it is read. */
export function sendableAt(archive: ModelArchive, object: number, ordinal: number): Sendable {
  const key = archive[object]?.[ordinal]?.key ?? 0;
  return {
    object,
    ordinal,
    partitionKey: `key-${key}`,
    hashKey: placeOf(key),
    bytes: 100,
    playMs: 0,
  };
}

function placeOf(key: number): HashKey {
  return hashKey((BigInt(key % KEYS) * 2n ** 128n) / BigInt(KEYS));
}

/** Units of one fate, as `object:ordinal`, in archive order. */
export function unitsOfFate(archive: ModelArchive, fate: UnitFate): readonly string[] {
  return archive.flatMap((units, object) =>
    units.flatMap((unit, ordinal) => (unit.fate === fate ? [`${object}:${ordinal}`] : [])),
  );
}
