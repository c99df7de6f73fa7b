import { z } from 'zod';

const effect = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('throttle') }),
  z.strictObject({ type: z.literal('deny') }),
  z.strictObject({ type: z.literal('error') }),
  z.strictObject({ type: z.literal('stall'), ms: z.number().min(0).optional() }),
  z.strictObject({ type: z.literal('reset') }),
  z.strictObject({ type: z.literal('lose-answer') }),
]);

/** A fault to inject: see faults/faults.ts. */
export const faultRequest = z.strictObject({
  effect,
  operation: z.string().optional(),
  streamName: z.string().optional(),
  probability: z.number().min(0).max(1).optional(),
  count: z.int().min(1).optional(),
});

/** What may be done to the applications of the scenario. Without a worker, all of the application. */
export const controlRequest = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('pause-producer'), streamName: z.string() }),
  z.strictObject({ action: z.literal('resume-producer'), streamName: z.string() }),
  z.strictObject({
    action: z.literal('set-rate'),
    streamName: z.string(),
    /** Multiplies what the producer sends. */
    rate: z.number().min(0).max(100),
  }),
  z.strictObject({
    action: z.enum(['stall', 'die', 'fall-behind', 'recover']),
    application: z.string(),
    worker: z.string().optional(),
  }),
  z.strictObject({ action: z.literal('lose-leases'), application: z.string() }),
]);

export type ControlRequest = z.infer<typeof controlRequest>;

/** Moves a virtual clock: by so much, or to an instant (epoch ms). */
export const clockRequest = z.union([
  z.strictObject({ advanceMs: z.number().min(0) }),
  z.strictObject({ toMs: z.number().min(0) }),
]);
