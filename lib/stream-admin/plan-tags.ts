import type { StreamTags } from '#lib/domain/stream-settings.ts';

/** What has to be done so that tags become others. A value that changes is added anew, which replaces it. */
export function planTags(
  now: StreamTags,
  wanted: StreamTags,
): { readonly remove: readonly string[]; readonly add: StreamTags } {
  return {
    remove: Object.keys(now).filter((key) => !Object.hasOwn(wanted, key)),
    add: Object.fromEntries(Object.entries(wanted).filter(([key, value]) => now[key] !== value)),
  };
}

export function sameTags(a: StreamTags, b: StreamTags): boolean {
  const { remove, add } = planTags(a, b);
  return remove.length === 0 && Object.keys(add).length === 0;
}
