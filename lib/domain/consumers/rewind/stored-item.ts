/** An item of DynamoDB as JSON: bytes are text in base64. */
export type StoredItem = { readonly [name: string]: StoredValue };

export type StoredValue =
  | string
  | number
  | boolean
  | null
  | readonly StoredValue[]
  | { readonly [name: string]: StoredValue };

/** What stands in for bytes, which JSON has not. */
const BYTES = '$bytes';

/** @param item as the SDK gives it; attributes that we do not know are kept as they are */
export function storeItem(item: object): StoredItem {
  return JSON.parse(
    JSON.stringify(item, (_, value: unknown) =>
      value instanceof Uint8Array ? { [BYTES]: toBase64(value) } : value,
    ),
  );
}

/** Undoes `storeItem`: what may be sent to DynamoDB again. */
export function loadItem(stored: StoredItem): Record<string, unknown> {
  return JSON.parse(JSON.stringify(stored), (_, value: unknown) =>
    isBytes(value) ? fromBase64(value[BYTES]) : value,
  );
}

/** Whether two items hold the same: sets have no order. */
export function isSameItem(a: StoredItem | null, b: StoredItem | null): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: StoredValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, of]) => `${JSON.stringify(name)}:${canonical(of)}`).join(',')}}`;
}

function isBytes(value: unknown): value is { readonly [BYTES]: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    BYTES in value &&
    typeof value[BYTES] === 'string'
  );
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
