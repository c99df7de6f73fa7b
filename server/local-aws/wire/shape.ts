import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { decodeBase64 } from './base64-slab.ts';
import { WireTime } from './wire-value.ts';

/**
 * What a member of a request may be. Two kinds of fault, as at AWS: a value of another type ends the
 * request with SerializationException at once; a value outside its constraints is noted in `faults`,
 * and all of them are told together in one ValidationException.
 */
export type Member<T> = {
  /** @param path as AWS writes it, `records.1.member.partitionKey`. */
  parse(value: unknown, path: string, faults: string[]): T;
  /**
   * All that it demands of a text, which is what AWS tells of a list or a map of texts when one of them is wrong;
   * undefined for a member that is told of by its own path there.
   */
  readonly demands?: readonly string[] | undefined;
};

type Shape = Readonly<Record<string, Member<unknown>>>;
type Parsed<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Member<infer T> ? T : never;
};

type LengthBounds = { readonly min?: number; readonly max?: number };

/** A text by length and pattern. `pattern` is AWS's own, and matches from start to end. */
export function text(
  bounds: LengthBounds & { readonly pattern?: string } = {},
): Member<string | undefined> {
  const { min, max, pattern } = bounds;
  const regExp = pattern === undefined ? null : new RegExp(`^(?:${pattern})$`);
  const tooShort = `Member must have length greater than or equal to ${min}`;
  const tooLong = `Member must have length less than or equal to ${max}`;
  const unlike = `Member must satisfy regular expression pattern: ${pattern}`;
  const demands = [
    ...(max === undefined ? [] : [tooLong]),
    ...(min === undefined ? [] : [tooShort]),
    ...(pattern === undefined ? [] : [unlike]),
  ];
  return {
    demands,
    ...optional('String', (value, path, faults) => {
      if (typeof value !== 'string') {
        return null;
      }
      if (value.length < (min ?? 0)) {
        faults.push(fault(value, path, tooShort));
      }
      if (value.length > (max ?? Number.POSITIVE_INFINITY)) {
        faults.push(fault(value, path, tooLong));
      }
      if (regExp !== null && !regExp.test(value)) {
        faults.push(fault(value, path, unlike));
      }
      return value;
    }),
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(values: readonly T[]): Member<T | undefined> {
  const demand = `Member must satisfy enum value set: [${values.join(', ')}]`;
  return {
    demands: [demand],
    ...optional('String', (value, path, faults) => {
      if (typeof value !== 'string') {
        return null;
      }
      const found = values.find((known) => known === value);
      if (found === undefined) {
        faults.push(fault(value, path, demand));
      }
      // Where it is none of them, the fault ends the request before anybody looks.
      return found ?? (value as T);
    }),
  };
}

export function integer(bounds: LengthBounds = {}): Member<number | undefined> {
  const { min = -(2 ** 31), max = 2 ** 31 - 1 } = bounds;
  return optional('Integer', (value, path, faults) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return null;
    }
    const whole = Math.trunc(value);
    if (whole < min) {
      faults.push(
        fault(String(whole), path, `Member must have value greater than or equal to ${min}`),
      );
    }
    if (whole > max) {
      faults.push(
        fault(String(whole), path, `Member must have value less than or equal to ${max}`),
      );
    }
    return whole;
  });
}

export function flag(): Member<boolean | undefined> {
  return optional('Boolean', (value) => (typeof value === 'boolean' ? value : null));
}

/** An instant: seconds with a fraction where the encoding has no instants of its own, epoch milliseconds here. */
export function instant(): Member<number | undefined> {
  return optional('Date', (value) => {
    const epochMs =
      value instanceof WireTime
        ? value.epochMs
        : typeof value === 'number'
          ? value * 1_000
          : Number.NaN;
    return Number.isFinite(epochMs) ? Math.round(epochMs) : null;
  });
}

/** Bytes: base64 where the encoding has no bytes of its own. */
export function blob(bounds: { readonly max: number }): Member<Uint8Array | undefined> {
  return optional('ByteBuffer', (value, path, faults) => {
    const bytes = typeof value === 'string' ? decodeBase64(value) : value;
    if (!(bytes instanceof Uint8Array)) {
      return null;
    }
    if (bytes.length > bounds.max) {
      faults.push(
        `Value at '${path}' failed to satisfy constraint: Member must have length less than or equal to ${bounds.max}`,
      );
    }
    return bytes;
  });
}

export function list<T>(
  member: Member<T>,
  bounds: LengthBounds = {},
): Member<readonly T[] | undefined> {
  return optional('List', (value, path, faults) => {
    if (!Array.isArray(value)) {
      return null;
    }
    const items: readonly unknown[] = value;
    const shown = member.demands === undefined && items.length > 0 ? null : `[${items.join(', ')}]`;
    const wrongLength = lengthFault(items.length, bounds);
    if (wrongLength !== null) {
      faults.push(collectionFault(shown, path, wrongLength));
      return [];
    }
    const ofItems: string[] = [];
    const parsed = items.map((item, at) => member.parse(item, `${path}.${at + 1}.member`, ofItems));
    noteItems(ofItems, member, faults, (demands) =>
      collectionFault(shown, path, `Member must satisfy constraint: ${demands}`),
    );
    return parsed;
  });
}

/** A map of texts, with bounds on how many entries it has. */
export function textMap(
  key: Member<string | undefined>,
  value: Member<string | undefined>,
  bounds: LengthBounds = {},
): Member<Readonly<Record<string, string>> | undefined> {
  return optional('Map', (map, path, faults) => {
    if (!isRecord(map)) {
      return null;
    }
    const entries = Object.entries(map);
    const shown = `{${entries.map(([name, item]) => `${name}=${item}`).join(', ')}}`;
    const wrongLength = lengthFault(entries.length, bounds);
    if (wrongLength !== null) {
      faults.push(collectionFault(shown, path, wrongLength));
    }
    const ofKeys: string[] = [];
    const ofValues: string[] = [];
    const parsed = entries.map(([name, item]) => [
      key.parse(name, `${path}.key`, ofKeys) ?? name,
      value.parse(item, `${path}.${name}.member`, ofValues) ?? '',
    ]);
    noteItems(ofKeys, key, faults, (demands) =>
      collectionFault(shown, path, `Map keys must satisfy constraint: ${demands}`),
    );
    noteItems(ofValues, value, faults, (demands) =>
      collectionFault(shown, path, `Map value must satisfy constraint: ${demands}`),
    );
    return Object.fromEntries(parsed);
  });
}

/** Texts in a list or a map are told of together, by all that is demanded of each; anything else by its own path. */
function noteItems(
  ofItems: readonly string[],
  { demands }: Member<unknown>,
  faults: string[],
  together: (demands: string) => string,
): void {
  if (demands === undefined) {
    faults.push(...ofItems);
  } else if (ofItems.length > 0) {
    faults.push(together(`[${demands.join(', ')}]`));
  }
}

function lengthFault(length: number, { min, max }: LengthBounds): string | null {
  if (min !== undefined && length < min) {
    return `Member must have length greater than or equal to ${min}`;
  }
  return max !== undefined && length > max
    ? `Member must have length less than or equal to ${max}`
    : null;
}

/** @param shown null where AWS's own way of writing the items cannot be known. */
function collectionFault(shown: string | null, path: string, constraint: string): string {
  return shown === null
    ? `Value at '${path}' failed to satisfy constraint: ${constraint}`
    : fault(shown, path, constraint);
}

/** Members by the names that they have on the wire; unknown ones are ignored, as AWS does. */
export function structure<S extends Shape>(shape: S): Member<Parsed<S> | undefined> {
  const members = Object.entries(shape).map(([name, member]) => ({
    name,
    pathName: name.charAt(0).toLowerCase() + name.slice(1),
    member,
  }));
  return optional('Structure', (value, path, faults) => {
    if (!isRecord(value)) {
      return null;
    }
    const prefix = path === '' ? '' : `${path}.`;
    const parsed: Record<string, unknown> = {};
    for (const { name, pathName, member } of members) {
      parsed[name] = member.parse(value[name], prefix + pathName, faults);
    }
    return parsed as Parsed<S>;
  });
}

export function required<T>(member: Member<T | undefined>): Member<T> {
  return {
    demands: member.demands,
    parse(value, path, faults) {
      if (value === undefined || value === null) {
        faults.push(
          `Value null at '${path}' failed to satisfy constraint: Member must not be null`,
        );
      }
      // Where it is missing, the fault ends the request before anybody looks.
      return member.parse(value, path, faults) as T;
    },
  };
}

/** @throws KinesisError SerializationException or ValidationException. */
export function parseInput<T>(member: Member<T | undefined>, value: unknown): T {
  const faults: string[] = [];
  const parsed = required(member).parse(value, '', faults);
  if (faults.length > 0) {
    const noun = faults.length === 1 ? 'validation error' : 'validation errors';
    throw new KinesisError(
      'ValidationException',
      `${faults.length} ${noun} detected: ${faults.join('; ')}`,
    );
  }
  return parsed;
}

/** @param parse answers null for a value of another type. */
function optional<T>(
  typeName: string,
  parse: (value: unknown, path: string, faults: string[]) => T | null,
): Member<T | undefined> {
  return {
    parse(value, path, faults) {
      if (value === undefined || value === null) {
        return undefined;
      }
      const parsed = parse(value, path, faults);
      if (parsed === null) {
        throw new KinesisError(
          'SerializationException',
          `${kindOf(value)} can not be converted to ${typeName}`,
        );
      }
      return parsed;
    },
  };
}

function fault(value: string, path: string, constraint: string): string {
  return `Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'START_LIST';
  }
  switch (typeof value) {
    case 'string':
      return 'STRING_VALUE';
    case 'number':
      return 'NUMBER_VALUE';
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    default:
      return 'START_MAP';
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
