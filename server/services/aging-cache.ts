/** A value that is made again when it is older than it may be; made once for all who ask meanwhile. */
export type AgingCache<T> = {
  get(key: string | number, nowMs: number, make: () => Promise<T>): Promise<T>;
};

/** @param entriesMax the least recently made are dropped */
export function agingCache<T>(ageMsMax: number, entriesMax: number): AgingCache<T> {
  const entries = new Map<
    string | number,
    { readonly madeAtMs: number; readonly value: Promise<T> }
  >();
  return {
    get(key, nowMs, make) {
      const known = entries.get(key);
      if (known !== undefined && nowMs - known.madeAtMs < ageMsMax) return known.value;
      const value = make();
      entries.delete(key);
      entries.set(key, { madeAtMs: nowMs, value });
      const [oldest] = entries.keys();
      if (entries.size > entriesMax && oldest !== undefined) entries.delete(oldest);
      // A failure is told to those who wait, and is tried again by the next.
      value.catch(() => {
        if (entries.get(key)?.value === value) entries.delete(key);
      });
      return value;
    },
  };
}
