import { z } from 'zod';
import { REPLAY_ORDERS } from '#lib/domain/replay/buffer/sendable.ts';
import { type PaceSettings, REPLAY_STEPS, type ReplayDraft } from '#lib/domain/replay/settings.ts';

/**
 * What screens send of a replay. Drafts need not make sense yet (`gapsOfDraft` says what is missing); they need only be
 * of the right form, and of a size that a row can hold.
 */

const text = (lengthMax: number) => z.string().max(lengthMax);
const instant = z.int().min(0);

const path = z
  .array(z.union([text(256), z.int().min(0).max(999_999_999)]))
  .max(64)
  .readonly();

const rates = z.object({ bytesPerSecond: z.number(), recordsPerSecond: z.number() });

export const paceSchema = z.object({
  pace: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('maximum') }),
    z.object({ kind: z.literal('timed'), speed: z.number() }),
  ]),
  idleGapMs: z.number(),
  freeShare: z.number(),
  shardCap: rates.nullable(),
  totalCap: rates.nullable(),
}) satisfies z.ZodType<PaceSettings>;

export const archiveSourceSchema = z.object({
  connection: text(256),
  bucket: text(256),
  prefix: text(1_024),
  timeZone: text(64),
  paddingMs: z.number(),
});

const envelopeMap = z.object({
  data: path,
  partitionKey: path.nullable(),
  explicitHashKey: path.nullable(),
  shardId: path.nullable(),
  sequenceNumber: path.nullable(),
  subSequenceNumber: path.nullable(),
  arrival: z.object({ path, form: z.enum(['iso', 'epoch-ms', 'epoch-seconds']) }).nullable(),
});

const segment = z.object({
  before: text(1_024),
  after: text(1_024),
  hole: z.enum(['key', 'any']).nullable(),
});

const transform = z.object({
  compression: z.enum(['none', 'gzip', 'zstd', 'snappy', 'hadoop-snappy', 'zip']),
  format: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('json') }),
    z.object({ kind: z.literal('json-array') }),
    z.object({ kind: z.literal('connect-json') }),
    z.object({ kind: z.literal('lines'), lineEnds: z.enum(['lf', 'crlf', 'kept']) }),
    z.object({ kind: z.literal('base64-lines') }),
    z.object({ kind: z.literal('cloudwatch-logs') }),
    z.object({ kind: z.literal('avro') }),
    z.object({ kind: z.literal('parquet') }),
    z.object({ kind: z.literal('envelope'), map: envelopeMap }),
  ]),
  deaggregates: z.boolean(),
  key: z.object({
    prefersArchived: z.boolean(),
    source: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('payload-path'), path }),
        z.object({
          kind: z.literal('object-key'),
          template: z.object({
            segments: z.array(segment).max(64).readonly(),
            isOpen: z.boolean(),
          }),
        }),
      ])
      .nullable(),
    fallback: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('quarantine') }),
      z.object({ kind: z.literal('payload-hash') }),
      z.object({ kind: z.literal('place-hash') }),
      z.object({ kind: z.literal('constant'), key: text(256) }),
    ]),
  }),
  // The largest record that any stream takes.
  recordBytesMax: z.int().min(0).max(10_485_760),
});

const filter = z.object({
  window: z
    .object({ fromMs: instant, toMs: instant, unknownTime: z.enum(['keep', 'drop']) })
    .nullable(),
  partitionKeys: z.array(text(256)).max(1_000).readonly().nullable(),
  sampling: z.object({ share: z.number(), by: z.enum(['key', 'record']) }).nullable(),
  // Each takes some 20 bytes of memory in every worker.
  dedup: z
    .object({ by: z.enum(['sequence-number', 'content']), capacity: z.number().max(10_000_000) })
    .nullable(),
});

export const draftSchema = z.object({
  source: archiveSourceSchema.nullable(),
  sourceStreamArn: text(2_048).nullable(),
  window: z.object({ fromMs: instant, toMs: instant }).nullable(),
  transform: transform.nullable(),
  filter: filter.nullable(),
  expression: text(10_000).nullable(),
  target: z
    .object({
      connection: text(256),
      streamName: text(128),
      streamArn: text(2_048),
      createdAtMs: instant,
    })
    .nullable(),
  order: z.enum(REPLAY_ORDERS).nullable(),
  quarantine: z.object({ share: z.number(), unitsMin: z.number() }),
  pace: paceSchema,
  step: z.enum(REPLAY_STEPS),
}) satisfies z.ZodType<ReplayDraft>;

/** A stream as a target, and what would be written to it. */
export const targetQuestionSchema = z.object({
  connection: text(256),
  streamName: text(128),
  source: archiveSourceSchema.nullable(),
  sourceStreamArn: text(2_048).nullable(),
});
