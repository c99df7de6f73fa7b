'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * False while what the server drew comes to life, true from then on. Parts of a page come to life at different times:
 * one that shows at once what another has read meanwhile would differ from what the server drew.
 */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
