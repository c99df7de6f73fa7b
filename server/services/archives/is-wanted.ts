import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';

/** Whether what bears these times may hold records of the window: as a manifest takes it. */
export function isWanted(
  times: TimeSpan | null,
  window: TimeSpan | null,
  paddingMs: number,
): boolean {
  return (
    window === null ||
    times === null ||
    (times.fromMs - paddingMs <= window.toMs && times.toMs + paddingMs >= window.fromMs)
  );
}
