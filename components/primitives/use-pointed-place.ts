'use client';

import { type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';

type PlacesOfPicture<P> = {
  /** What lies at a point, as shares of the picture's width and height; null where nothing does. */
  readonly placeAt: (x: number, y: number) => P | null;
  /** Where a key leads to from a place; null: it is no key of this picture. @param from null: nowhere yet */
  readonly move: (from: P | null, key: string) => P | null;
  /** Where somebody stands who comes in by keyboard. */
  readonly first: () => P | null;
  /** Called at a click, Enter or Space, with null where that is nowhere. */
  readonly onChoose: (place: P | null) => void;
  /** Called at Escape where nobody has walked to anywhere. */
  readonly onLeave?: () => void;
};

export type PointedPlace<P> = {
  /** Under the pointer, else where keys have led to. */
  readonly place: P | null;
  readonly handlers: {
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onClick: () => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
};

/** The place of a picture that is meant: pointed at, or walked to with the keys. The pointer goes before the keys. */
export function usePointedPlace<P>(places: PlacesOfPicture<P>): PointedPlace<P> {
  const [hovered, setHovered] = useState<P | null>(null);
  const [walked, setWalked] = useState<P | null>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const next = places.move(walked, event.key);
    if (next !== null) {
      event.preventDefault();
      setHovered(null);
      setWalked(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      places.onChoose(walked);
    } else if (event.key === 'Escape') {
      setWalked(null);
      if (walked === null) places.onLeave?.();
    }
  }

  return {
    place: hovered ?? walked,
    handlers: {
      onPointerMove: (event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setHovered(
          places.placeAt(
            (event.clientX - box.left) / box.width,
            (event.clientY - box.top) / box.height,
          ),
        );
      },
      onPointerLeave: () => setHovered(null),
      onClick: () => places.onChoose(hovered),
      onFocus: (event) => {
        // A click focuses too, and points already.
        if (event.currentTarget.matches(':focus-visible')) {
          setWalked((known) => known ?? places.first());
        }
      },
      onBlur: () => setWalked(null),
      onKeyDown,
    },
  };
}
