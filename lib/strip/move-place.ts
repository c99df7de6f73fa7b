/** Shards passed by Page Up and Page Down, as a share of all. */
const PAGE_SHARE = 0.1;

/** Where a key leads: to a place on the ring, or so many steps through the shards in order of use (negative: worse). */
export type StripMove =
  | { readonly along: 'ring'; readonly place: number }
  | { readonly along: 'use'; readonly steps: number };

/**
 * Where a key leads from `place` of `count`: left and right along the ring, up and down to the next hotter and
 * cooler shard, Home and End to its ends.
 * @returns null for a key that does not move
 */
export function movePlace(place: number, key: string, count: number): StripMove | null {
  const page = Math.max(1, Math.round(count * PAGE_SHARE));
  const onRing = (to: number): StripMove => ({
    along: 'ring',
    place: Math.max(0, Math.min(count - 1, to)),
  });
  switch (key) {
    case 'ArrowLeft':
      return onRing(place - 1);
    case 'ArrowRight':
      return onRing(place + 1);
    case 'ArrowUp':
      return { along: 'use', steps: -1 };
    case 'ArrowDown':
      return { along: 'use', steps: 1 };
    case 'PageUp':
      return onRing(place - page);
    case 'PageDown':
      return onRing(place + page);
    case 'Home':
      return onRing(0);
    case 'End':
      return onRing(count - 1);
    default:
      return null;
  }
}
