/** Shards passed by Page Up and Page Down, as a share of all. */
const PAGE_SHARE = 0.1;

/**
 * Where a key leads from `place`: left and right along the ring, up and down to the next hotter and cooler
 * shard, Home and End to its ends. `byUse` are all places from the worst to the least.
 * @returns null for a key that does not move.
 */
export function movePlace(place: number, key: string, byUse: readonly number[]): number | null {
  const count = byUse.length;
  const page = Math.max(1, Math.round(count * PAGE_SHARE));
  const clamp = (to: number) => Math.max(0, Math.min(count - 1, to));
  const rank = byUse.indexOf(place);
  switch (key) {
    case 'ArrowLeft':
      return clamp(place - 1);
    case 'ArrowRight':
      return clamp(place + 1);
    case 'ArrowUp':
      return byUse[clamp(rank - 1)] ?? null;
    case 'ArrowDown':
      return byUse[clamp(rank + 1)] ?? null;
    case 'PageUp':
      return clamp(place - page);
    case 'PageDown':
      return clamp(place + page);
    case 'Home':
      return 0;
    case 'End':
      return clamp(count - 1);
    default:
      return null;
  }
}
