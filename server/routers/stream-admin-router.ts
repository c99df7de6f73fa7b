import { z } from 'zod';
import { changeEncryption } from '#server/services/stream-admin/change-encryption.ts';
import { changeMaxRecordSize } from '#server/services/stream-admin/change-max-record-size.ts';
import { changeMode } from '#server/services/stream-admin/change-mode.ts';
import { changeRetention } from '#server/services/stream-admin/change-retention.ts';
import { changeTags } from '#server/services/stream-admin/change-tags.ts';
import { changeWarmThroughput } from '#server/services/stream-admin/change-warm-throughput.ts';
import { createStream } from '#server/services/stream-admin/create-stream.ts';
import { deleteStream } from '#server/services/stream-admin/delete-stream.ts';
import {
  readAccountLimits,
  readStreamSettings,
} from '#server/services/stream-admin/read-stream-settings.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';

const connection = z.string().min(1).max(200);
const streamName = z.string().min(1).max(128);
const target = { connection, streamName, streamId: z.number().int().positive() };
const mode = z.enum(['PROVISIONED', 'ON_DEMAND']);
const keyId = z.string().max(2_048).nullable();
const tags = z.record(z.string().max(128), z.string().max(256));

const changesAws = operatorProcedure.meta({ role: 'operator', changes: 'aws' });

/** Streams as a whole, and what is set of them. What is wanted is checked by the services: one place for its words. */
export const streamAdminRouter = router({
  settings: viewerProcedure
    .input(z.object(target))
    .query(({ ctx, input, signal }) => readStreamSettings({ ctx, input, signal })),

  accountLimits: viewerProcedure
    .input(z.object({ connection }))
    .query(({ ctx, input, signal }) => readAccountLimits({ ctx, input, signal })),

  create: changesAws
    .input(
      z.object({
        connection,
        streamName: z.string().max(1_000),
        mode,
        shardCount: z.number().nullable(),
        retentionHours: z.number(),
        keyId,
        maxRecordKiB: z.number(),
        tags,
      }),
    )
    .mutation(({ ctx, input }) => createStream({ ctx, actor: ctx.identity.name, input })),

  delete: changesAws
    .input(z.object({ ...target, typedName: z.string().max(1_000), withConsumers: z.boolean() }))
    .mutation(({ ctx, input }) => deleteStream({ ctx, input })),

  changeRetention: changesAws
    .input(z.object({ ...target, seenHours: z.number(), hours: z.number() }))
    .mutation(({ ctx, input }) => changeRetention({ ctx, input })),

  changeMode: changesAws
    .input(z.object({ ...target, seenMode: mode, mode }))
    .mutation(({ ctx, input }) => changeMode({ ctx, input })),

  changeTags: changesAws
    .input(z.object({ ...target, seenTags: tags, tags }))
    .mutation(({ ctx, input }) => changeTags({ ctx, input })),

  changeEncryption: changesAws
    .input(z.object({ ...target, seenKeyId: keyId, keyId }))
    .mutation(({ ctx, input }) => changeEncryption({ ctx, input })),

  changeMaxRecordSize: changesAws
    .input(z.object({ ...target, seenKiB: z.number(), kib: z.number() }))
    .mutation(({ ctx, input }) => changeMaxRecordSize({ ctx, input })),

  changeWarmThroughput: changesAws
    .input(z.object({ ...target, seenMiBps: z.number().nullable(), mibps: z.number() }))
    .mutation(({ ctx, input }) => changeWarmThroughput({ ctx, input })),
});
