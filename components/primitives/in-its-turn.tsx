import { Activity, type ReactNode } from 'react';

/**
 * A part of a page that comes to life by itself: after what stands outside of it, in a task of its own, and at once
 * where somebody points at it, types or presses in it. What the server drew stands there meanwhile. So that a page
 * answers to its first user before all of it is ready.
 */
export function InItsTurn({ children }: { readonly children: ReactNode }) {
  return <Activity mode="visible">{children}</Activity>;
}
