import type { Frame } from '#lib/domain/frame.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';

export function figurePeriod(frame: Frame | null): FigurePeriod | null {
  if (frame === null) return null;
  const { periodStartMs, periodSeconds, collectedAtMs } = frame;
  return { periodStartMs, periodSeconds, collectedAtMs };
}
