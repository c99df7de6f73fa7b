'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import { ReplayToasts } from './replay-toasts.tsx';
import { hasToasts, onToast } from './toast-queue.ts';

// Nobody needs it before something was done: it comes with the first toast.
const ToastHost = dynamic(() => import('./toast-host.tsx').then((m) => m.ToastHost), {
  ssr: false,
});

/** Where toasts appear, over every page. */
export function Toasts() {
  const wanted = useSyncExternalStore(onToast, hasToasts, () => false);
  return (
    <>
      <ReplayToasts />
      {wanted && (
        <LatePart over>
          <ToastHost />
        </LatePart>
      )}
    </>
  );
}
