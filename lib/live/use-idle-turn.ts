'use client';

import { useEffect, useState } from 'react';
import { takeIdleTurn } from './idle-turns.ts';

/**
 * Whether it is the turn of what a page asks for beyond what it was drawn with: a page that has just come to life
 * answers to its user first. Once it is, it stays so.
 */
export function useIdleTurn(): boolean {
  const [isTurn, setTurn] = useState(false);
  useEffect(() => {
    const turn = takeIdleTurn(() => setTurn(true));
    turn.hurry();
    return turn.giveUp;
  }, []);
  return isTurn;
}
