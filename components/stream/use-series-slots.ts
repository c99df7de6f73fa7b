import { useState } from 'react';
import { assignSlots } from '#lib/charts/series-slots.ts';

const NONE: ReadonlyMap<string, number> = new Map();

/** Slots of the palette by key, which keys keep while they stay. */
export function useSeriesSlots(keys: readonly string[]): ReadonlyMap<string, number> {
  const [held, setHeld] = useState({ text: '', slots: NONE });
  const text = keys.join(' ');
  if (held.text === text) return held.slots;
  const slots = assignSlots(held.slots, keys);
  setHeld({ text, slots });
  return slots;
}
