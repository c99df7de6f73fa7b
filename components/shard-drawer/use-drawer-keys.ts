'use client';

import { type RefObject, useEffect, useEffectEvent } from 'react';

/** What takes these keys for itself. */
const OTHERS = 'input, textarea, select, [role="dialog"], [role="menu"], [aria-expanded="true"]';

/**
 * Escape closes the drawer from anywhere on the page, `d` goes to it. When it closes, the focus goes back to where it
 * was when the shard was chosen, if it was in the drawer.
 */
export function useDrawerKeys(drawer: RefObject<HTMLElement | null>, onClose: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(OTHERS) !== null) return;
    if (event.key === 'Escape') onClose();
    if (event.key === 'd') {
      event.preventDefault();
      drawer.current?.focus();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);

  useEffect(() => {
    const box = drawer.current;
    let before: Element | null = document.activeElement;
    const remember = (event: FocusEvent) => {
      if (event.target instanceof Element && box?.contains(event.target) === false) {
        before = event.target;
      }
    };
    document.addEventListener('focusin', remember);
    return () => {
      document.removeEventListener('focusin', remember);
      const held = document.activeElement === null || document.activeElement === document.body;
      if (held && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [drawer]);
}
