import { z } from 'zod';

/** A stream as a person names it. Kinesis takes 1 to 128 characters of a-z A-Z 0-9 _ . - for a name. */
export const streamNameSchema = z.object({
  connection: z.string().min(1).max(200),
  streamName: z.string().min(1).max(128),
});
