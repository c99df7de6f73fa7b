'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};
const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = () => null;

/** The reader's time zone; null on the server and at the first render, which must agree with it. */
export function useTimeZone(): string | null {
  return useSyncExternalStore(never, timeZone, unknown);
}
