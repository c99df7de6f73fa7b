const LONGEST = 400;

/** A value as one short line: for reports, not for comparisons. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return shorten(JSON.stringify(value));
  if (value === undefined) return 'nothing';
  return shorten(JSON.stringify(value, readable) ?? String(value));
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (value instanceof RegExp) return value.source;
  return value === undefined ? 'nothing' : value;
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}
