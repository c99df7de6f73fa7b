'use client';

import { type RefObject, useEffect, useState } from 'react';
import { type IdleTurn, takeIdleTurn } from './idle-turns.ts';

/** So far below what is in sight something is drawn as if it were, CSS pixels. */
const MARGIN = '200px';

/**
 * Whether it is the turn of what costs much, or of what a page asks for beyond what it was drawn with: a page that has
 * just come to life answers to its user first, and what is in sight comes before what is not, one after the other.
 * Once it is, it stays so.
 *
 * @param element where it will be drawn; without it, it is in a hurry at once
 */
export function useIdleTurn(element?: RefObject<Element | null>): boolean {
  const [isTurn, setTurn] = useState(false);
  useEffect(() => {
    const place = element?.current;
    if (isTurn || place === null) return;
    const turn = takeIdleTurn(() => setTurn(true));
    if (place === undefined) {
      turn.hurry();
      return turn.giveUp;
    }
    const stopWatching = hurryInSight(turn, place);
    return () => {
      stopWatching();
      turn.giveUp();
    };
  }, [isTurn, element]);
  return isTurn;
}

/** @returns what ends the watch */
function hurryInSight(turn: IdleTurn, place: Element): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) turn.hurry();
    },
    { rootMargin: MARGIN },
  );
  observer.observe(place);
  return () => observer.disconnect();
}
