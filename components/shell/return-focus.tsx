'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/**
 * Who goes back finds the focus where it was when the page was left: on the link to the page that one comes from.
 * Browsers do so by themselves where pages are loaded anew.
 */
export function ReturnFocus() {
  const path = usePathname();
  const left = useRef(path);
  const popped = useRef(false);
  useEffect(() => {
    const onPop = () => {
      popped.current = true;
    };
    window.addEventListener('popstate', onPop);
    return () => window.removeEventListener('popstate', onPop);
  }, []);
  useEffect(() => {
    const from = left.current;
    left.current = path;
    const isBack = popped.current;
    popped.current = false;
    if (!isBack || from === path || document.activeElement !== document.body) return;
    const link = document.querySelector<HTMLAnchorElement>(`tbody a[href="${CSS.escape(from)}"]`);
    link?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
