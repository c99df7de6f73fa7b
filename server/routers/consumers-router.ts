import { z } from 'zod';
import { LEASE_FILTERS, LEASE_SORTS } from '#lib/consumers/lease-page.ts';
import { CONSUMER_KINDS } from '#lib/domain/consumers/application.ts';
import { bindTable } from '#server/services/consumers/bind-table.ts';
import { deregisterConsumer } from '#server/services/consumers/deregister-consumer.ts';
import { getApplication } from '#server/services/consumers/get-application.ts';
import { getConsumerRows } from '#server/services/consumers/get-consumer-rows.ts';
import { getHeatMap } from '#server/services/consumers/get-heat-map.ts';
import { getLagHistory } from '#server/services/consumers/get-lag-history.ts';
import { listApplicationEvents } from '#server/services/consumers/list-application-events.ts';
import { listApplications } from '#server/services/consumers/list-applications.ts';
import { listLeases } from '#server/services/consumers/list-leases.ts';
import { listStreamConsumers } from '#server/services/consumers/list-stream-consumers.ts';
import { registerConsumer } from '#server/services/consumers/register-consumer.ts';
import { operatorProcedure, router, viewerProcedure } from './procedures.ts';

const id = z.int().positive();
const instantMs = z.int().min(0).max(8_640_000_000_000_000);
const share = z.number().min(0).max(1);
/** More rows than any window has in sight. */
const LEASES_PER_PAGE_MAX = 100;
const EVENTS_PER_PAGE_MAX = 100;

const spanSchema = z
  .object({ applicationId: id, fromMs: instantMs, toMs: instantMs })
  .refine(({ fromMs, toMs }) => fromMs < toMs, 'fromMs lies before toMs');

const kind = z.enum(CONSUMER_KINDS);

/** The stream that a person looked at. */
const target = {
  connection: z.string().min(1).max(200),
  streamName: z.string().min(1).max(128),
  streamId: id,
};

/** Who reads the streams, how far behind each is, and on which worker that lies. */
export const consumersRouter = router({
  applications: viewerProcedure.query(({ ctx }) => listApplications({ ctx, input: null })),

  ofStream: viewerProcedure
    .input(z.object({ connection: z.string().min(1).max(200), streamId: id }))
    .query(({ ctx, input }) => listStreamConsumers({ ctx, input })),

  rows: viewerProcedure
    .input(
      z.object({
        streamId: id,
        window: z
          .object({ from: share, to: share })
          .refine(({ from, to }) => from < to, 'from lies before to'),
      }),
    )
    .query(({ ctx, input }) => getConsumerRows({ ctx, input })),

  application: viewerProcedure
    .input(z.object({ streamId: id, kind, name: z.string().min(1).max(300) }))
    .query(({ ctx, input }) => getApplication({ ctx, input })),

  leases: viewerProcedure
    .input(
      z.object({
        applicationId: id,
        arrangement: z.object({
          search: z.string().max(200),
          filter: z.enum(LEASE_FILTERS),
          sort: z.enum(LEASE_SORTS),
          direction: z.enum(['asc', 'desc']),
        }),
        offset: z.int().min(0),
        limit: z.int().min(1).max(LEASES_PER_PAGE_MAX),
      }),
    )
    .query(({ ctx, input }) => listLeases({ ctx, input })),

  lag: viewerProcedure.input(spanSchema).query(({ ctx, input }) => getLagHistory({ ctx, input })),

  heat: viewerProcedure.input(spanSchema).query(({ ctx, input }) => getHeatMap({ ctx, input })),

  events: viewerProcedure
    .input(
      z.object({
        applicationId: id,
        beforeId: id.nullable(),
        limit: z.int().min(1).max(EVENTS_PER_PAGE_MAX),
      }),
    )
    .query(({ ctx, input }) => listApplicationEvents({ ctx, input })),

  register: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(z.object({ ...target, consumerName: z.string().max(1_000) }))
    .mutation(({ ctx, input }) => registerConsumer({ ctx, input })),

  deregister: operatorProcedure
    .meta({ role: 'operator', changes: 'aws' })
    .input(
      z.object({
        ...target,
        consumerName: z.string().min(1).max(128),
        consumerArn: z.string().min(1).max(2_048),
        typedName: z.string().max(1_000),
      }),
    )
    .mutation(({ ctx, input }) => deregisterConsumer({ ctx, input })),

  bindTable: operatorProcedure
    .meta({ role: 'operator', changes: 'ours' })
    .input(
      z.object({
        connection: z.string().min(1).max(200),
        tableName: z.string().min(1).max(255),
        streamId: id.nullable(),
      }),
    )
    .mutation(({ ctx, input }) => bindTable({ ctx, input })),
});
