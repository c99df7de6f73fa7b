'use client';

import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from 'react';

/**
 * Takes over what somebody typed or chose in a field before the page came to life: React heard nothing of that, and
 * the field would go on to show what is not so.
 *
 * @param value what the page holds to stand in the field
 * @returns to be the field's ref
 */
export function useEnteredEarly<E extends HTMLInputElement | HTMLSelectElement>(
  value: string,
  onEntered: (value: string) => void,
): RefObject<E | null> {
  const field = useRef<E>(null);
  const takeOver = useEffectEvent(() => {
    const entered = field.current?.value;
    if (entered !== undefined && entered !== value) onEntered(entered);
  });
  // Before anything is drawn again, which would set the field to what the page holds.
  useLayoutEffect(() => takeOver(), []);
  return field;
}
