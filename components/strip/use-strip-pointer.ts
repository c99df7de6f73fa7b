import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useMemo,
  useState,
} from 'react';
import { movePlace } from '#lib/strip/move-place.ts';
import { placeAt } from '#lib/strip/place-at.ts';
import type { RingShard } from '#lib/strip/ring-shards.ts';

type StripPointerInput = {
  readonly ring: readonly RingShard[];
  /** All places from the worst to the least. */
  readonly byUse: readonly number[];
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string | null) => void;
};

/**
 * Which shard of the strip is under the pointer or, failing that, under the keyboard. Remembered by id: a
 * reshard moves places, and the shard that somebody looks at must stay the same one.
 */
export function useStripPointer({ ring, byUse, selectedShardId, onSelect }: StripPointerInput) {
  const [hovered, setHovered] = useState<string | null>(null);
  const [walked, setWalked] = useState<string | null>(null);

  const placeOf = useMemo(() => new Map(ring.map((shard, i) => [shard.shardId, i])), [ring]);
  const place = (shardId: string | null) =>
    shardId === null ? null : (placeOf.get(shardId) ?? null);
  const walkedPlace = place(walked);
  const activePlace = place(hovered) ?? walkedPlace;

  const shardUnder = useCallback(
    (event: MouseEvent<HTMLElement>) => {
      const box = event.currentTarget.getBoundingClientRect();
      const at = placeAt(ring, (event.clientX - box.left) / box.width);
      return at === null ? null : (ring[at]?.shardId ?? null);
    },
    [ring],
  );
  const toggle = (shardId: string | null) => {
    if (shardId !== null) onSelect(shardId === selectedShardId ? null : shardId);
  };

  return {
    activePlace,
    handlers: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => setHovered(shardUnder(event)),
      onPointerLeave: () => setHovered(null),
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        // A finger leaves nothing behind to hover with: what it touched stays described.
        setWalked(event.pointerType === 'mouse' ? null : shardUnder(event));
      },
      onClick: (event: MouseEvent<HTMLElement>) => toggle(shardUnder(event)),
      onFocus: (event: { currentTarget: HTMLElement }) => {
        if (!event.currentTarget.matches(':focus-visible')) return;
        setWalked(walked ?? selectedShardId ?? ring[byUse[0] ?? 0]?.shardId ?? null);
      },
      onBlur: () => setWalked(null),
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          toggle(walked);
          return;
        }
        if (event.key === 'Escape') {
          setWalked(null);
          setHovered(null);
          onSelect(null);
          return;
        }
        const next = movePlace(walkedPlace ?? byUse[0] ?? 0, event.key, byUse);
        if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        setHovered(null);
        setWalked(ring[next]?.shardId ?? null);
      },
    },
  };
}
