import type { Present } from '#lib/domain/advice/facts.ts';
import type { Window } from '#lib/domain/advice/finding.ts';

/** The one period that present figures are of. */
export function windowOfPresent({ startMs, periodSeconds }: Present): Window {
  return { fromMs: startMs, toMs: startMs + periodSeconds * 1000, periodSeconds };
}

/** Of anything that has one, without the rest. */
export function windowOf({ fromMs, toMs, periodSeconds }: Window): Window {
  return { fromMs, toMs, periodSeconds };
}
