/** An instant in an answer. Encodings write it their own way: JSON as seconds, CBOR as a tag. */
export class WireTime {
  readonly epochMs: number;

  constructor(epochMs: number) {
    this.epochMs = epochMs;
  }
}

/** What an operation answers, before it is encoded. Members that are undefined are left out. */
export type WireValue =
  | string
  | number
  | boolean
  | Uint8Array
  | WireTime
  | readonly WireValue[]
  | { readonly [member: string]: WireValue | undefined };

export function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}
