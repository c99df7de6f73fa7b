/** The same data, with lists and fields that may be written to. */
type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Field in keyof T]: Writable<T[Field]> }
    : T;

/** Plain data as procedures take it: the types of their input have lists that may be written to. Nobody does. */
export function writable<T>(data: T): Writable<T> {
  return data as Writable<T>;
}
