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

const streamNames = z.tuple([z.string()], z.string());
/** Which leases: those of these shards, or all. */
const shardIds = z.array(z.string()).min(1).optional();
const application = z.string();

const startAt = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('TRIM_HORIZON') }),
  z.strictObject({ type: z.literal('LATEST') }),
  z.strictObject({ type: z.literal('AT_TIMESTAMP'), timestampMs: z.number().min(0) }),
]);

/**
 * What may be done to the producers and the applications of the scenario. Without a worker, to all of the application;
 * without shards, to all its leases. `recover` ends every trouble that workers make; what was written to a lease stays.
 */
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
    /**
     * `stall`: renews, processes nothing. `zombie`: renews and processes, never checkpoints. `fall-behind`: manages a
     * tenth. `die`: the process is gone, and its leases expire.
     */
    action: z.enum(['stall', 'zombie', 'die', 'fall-behind', 'recover']),
    application,
    worker: z.string().optional(),
  }),
  /** Deletes leases; nobody makes new ones until it recovers. Of a child shard: a lease that was never made. */
  z.strictObject({ action: z.literal('lose-leases'), application, shardIds }),
  /** Takes the owner off leases; nobody takes them until it recovers. */
  z.strictObject({ action: z.literal('unassign'), application, shardIds }),
  /** A lease is to go to another worker, whose owner never lets go. Version 3 of the library, two workers or more. */
  z.strictObject({ action: z.literal('freeze-handoff'), application }),
  /** Workers take leases from each other all the time. */
  z.strictObject({ action: z.literal('churn'), application }),
  /** One worker takes all leases, or until it has so many; the others take none. */
  z.strictObject({
    action: z.literal('hog'),
    application,
    worker: z.string(),
    leases: z.int().min(1).optional(),
  }),
  z.strictObject({
    action: z.enum(['start-workers', 'stop-workers']),
    application,
    count: z.int().min(1).max(100),
  }),
  /** Sets checkpoints back to what they were so long ago, or, where nobody remembers, to a record of that time. */
  z.strictObject({
    action: z.literal('rewind'),
    application,
    shardIds,
    byMs: z.number().min(0),
  }),
  /** Writes any text as checkpoint, also one that is none. */
  z.strictObject({
    action: z.literal('set-checkpoint'),
    application,
    shardIds,
    checkpoint: z.string().min(1),
  }),
  /** Switches what feeds a function off, and on again. */
  z.strictObject({
    action: z.enum(['disable-mapping', 'enable-mapping']),
    functionName: z.string(),
  }),
  /** Leaves a lease of a shard that the stream does not have; `recover` takes it away. */
  z.strictObject({ action: z.literal('orphan'), application }),
  /** Deploys an application of one's own on streams that are there; `remove-application` takes it away, with its tables. */
  z.strictObject({
    action: z.literal('start-application'),
    application: z.string().regex(/^[a-zA-Z0-9_.-]{3,200}$/, 'has to be the name of a table'),
    streamNames,
    library: z.enum(['kcl-1', 'kcl-2', 'kcl-3', 'kcl-3.5']).optional(),
    startAt: startAt.optional(),
    workerCount: z.int().min(1).max(100).optional(),
    pollMs: z.number().min(200).optional(),
    recordsPerSecond: z.number().gt(0).optional(),
    provisionedUnits: z.int().min(1).nullable().optional(),
    checkpointMs: z.strictObject({ least: z.number().min(0), most: z.number().min(0) }).optional(),
    preparesCheckpoints: z.boolean().optional(),
  }),
  z.strictObject({ action: z.literal('remove-application'), application }),
]);

export type ControlRequest = z.infer<typeof controlRequest>;

/** Moves a virtual clock: by so much, or to an instant (epoch ms). */
export const clockRequest = z.union([
  z.strictObject({ advanceMs: z.number().min(0) }),
  z.strictObject({ toMs: z.number().min(0) }),
]);
