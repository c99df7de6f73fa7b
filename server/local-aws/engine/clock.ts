/**
 * The engine's only source of time. Wall time for people, a virtual one for tests and for the
 * scenario's past. Epoch milliseconds; it may stand still, and the engine never lets it run backwards.
 */
export type Clock = { nowMs(): number };

/** The machine's wall clock. */
export const wallClock: Clock = { nowMs: () => Date.now() };
