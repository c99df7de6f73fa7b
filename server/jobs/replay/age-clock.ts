type Clocks = { readonly steadyMs: () => number; readonly wallMs: () => number };

const OURS: Clocks = { steadyMs: () => performance.now(), wallMs: () => Date.now() };

/**
 * How long ago it was made, milliseconds, by the clock that goes further: the steady one may stand still while the
 * machine sleeps, and the wall's may be set back. So a lease is never taken for younger than it is.
 */
export function ageClock({ steadyMs, wallMs }: Clocks = OURS): () => number {
  const madeAt = { steadyMs: steadyMs(), wallMs: wallMs() };
  return () => Math.max(steadyMs() - madeAt.steadyMs, wallMs() - madeAt.wallMs);
}
