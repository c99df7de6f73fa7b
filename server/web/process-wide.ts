/**
 * A value that is made once a process. Next bundles routes, pages and instrumentation apart, and each bundle
 * has its own instances of our modules: what must be one lives on `globalThis`.
 */
export function processWide<T extends object>(name: string, make: () => T): () => T {
  const key = Symbol.for(`kinetoscope.${name}`);
  const holder: Partial<Record<symbol, T>> = globalThis as never;
  return () => {
    const made = holder[key] ?? make();
    holder[key] = made;
    return made;
  };
}
