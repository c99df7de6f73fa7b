/**
 * How Node runs a worker. What a replay holds for some 100 ms outlives the 16 MB of V8's nursery by default, so that each
 * record was copied twice before it died: with 32 MB a tenth less processor time is used, for 60 MB more at the peak (64 MB
 * would save some more, for 130 MB). What does not replay never fills it.
 */
export const WORKER_FLAGS: readonly string[] = ['--max-semi-space-size=32'];
