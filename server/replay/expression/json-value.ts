import { type CelInput, celUint } from '@bufbuild/cel';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Longer integers than a double surely holds; what stands in texts is looked at in vain, which costs only time. */
const LONG_NUMBER = /\d{16}/;
const INTEGER = /^-?\d+$/;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** Payloads that are nested deeper are no JSON to an expression: what walks them would run out of stack. */
const DEPTH_MAX = 200;

/** @returns null where the payload is no UTF-8 */
export function textOf(payload: Uint8Array): string | null {
  try {
    return UTF8.decode(payload);
  } catch {
    // A TypeError: these bytes are no text.
    return null;
  }
}

/**
 * A JSON text as a value of CEL: numbers are doubles, as in CEL's own mapping of JSON, but for integers that a double
 * does not hold, which are int or uint and keep their digits as far as these go (64 bits). CEL compares numbers of all
 * kinds with each other.
 * @returns null where the text is no JSON, or JSON's null
 */
export function jsonValue(text: string): CelInput {
  try {
    const parsed: unknown = LONG_NUMBER.test(text)
      ? JSON.parse(text, keepDigits)
      : JSON.parse(text);
    return celValueOf(parsed, 0);
  } catch {
    return null;
  }
}

function keepDigits(
  _name: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value))
    return value;
  return INTEGER.test(source) ? exactly(BigInt(source), value) : value;
}

function exactly(integer: bigint, rounded: number): CelInput {
  if (integer >= INT64_MIN && integer <= INT64_MAX) return integer;
  return integer > 0n && integer <= UINT64_MAX ? celUint(integer) : rounded;
}

function celValueOf(value: unknown, depth: number): CelInput {
  if (depth > DEPTH_MAX) throw new RangeError('nested too deep');
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    default:
  }
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((item) => celValueOf(item, depth + 1));
  // A uint, of which the reviver has made an object of the library's.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value as CelInput;
  const members = new Map<string, CelInput>();
  for (const [name, member] of Object.entries(value))
    members.set(name, celValueOf(member, depth + 1));
  return members;
}
