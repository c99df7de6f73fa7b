/** As many colours and dash patterns as can be told apart. */
export const SLOT_COUNT = 8;

/**
 * Gives each key a slot of the palette, and leaves those that have one where they are: a shard keeps its
 * colour while others come and go. Keys beyond the slots get none.
 */
export function assignSlots(
  before: ReadonlyMap<string, number>,
  keys: readonly string[],
): ReadonlyMap<string, number> {
  const slots = new Map<string, number>();
  for (const key of keys) {
    const slot = before.get(key);
    if (slot !== undefined) slots.set(key, slot);
  }
  const taken = new Set(slots.values());
  const free = Array.from({ length: SLOT_COUNT }, (_, i) => i).filter((slot) => !taken.has(slot));
  for (const key of keys) {
    if (slots.has(key)) continue;
    const slot = free.shift();
    if (slot === undefined) break;
    slots.set(key, slot);
  }
  return slots;
}
