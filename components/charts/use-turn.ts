'use client';

import { type RefObject, useEffect, useState } from 'react';
import { type IdleTurn, takeIdleTurn } from '#lib/live/idle-turns.ts';

/** So far below what is in sight something is drawn as if it were, CSS pixels. */
const MARGIN = '200px';

/**
 * Whether it is the turn of something that costs much to draw. What is in sight comes first, and all else when the
 * browser has nothing better to do: one after the other, so that a page of many can be used before all are drawn.
 * Once it is, it stays so.
 *
 * @param element where it will be drawn
 */
export function useTurn(element: RefObject<Element | null>): boolean {
  const [isTurn, setTurn] = useState(false);
  useEffect(() => {
    if (isTurn || element.current === null) return;
    const turn: IdleTurn = takeIdleTurn(() => setTurn(true));
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) turn.hurry();
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      turn.giveUp();
    };
  }, [isTurn, element]);
  return isTurn;
}
