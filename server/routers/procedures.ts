import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { mayActAs, type Role } from '#server/auth/role.ts';
import { audited } from '#server/services/audit/audited.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { requireWritable } from '#server/services/streams/require-writable.ts';
import { describeError } from './describe-error.ts';
import type { RequestContext } from './request-context.ts';

/** What each procedure states of itself. */
export type ProcedureMeta = {
  /** The least role that may call it. */
  readonly role: Role;
  /**
   * What a mutation changes: `aws` (refused on read-only connections, and its input must name the
   * `connection`), or only what is `ours`.
   */
  readonly changes?: 'aws' | 'ours';
  /**
   * `with-the-plan`: an autosave of what somebody is still thinking about. It decides nothing and leaves no row; whoever plans,
   * starts or discards the whole does, with what it came to (`about`). Only where the mutation changes what is `ours`.
   */
  readonly audit?: 'with-the-plan';
  /** What stands in the audit beside the input of a mutation, read before it runs: of what it is done to, without keys. */
  readonly about?: (ctx: RequestContext, input: unknown) => Promise<unknown>;
};

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    // No transformer: what goes over the wire is JSON by its types (lib/live), big integers as text. superjson
    // takes 50 times as long as JSON for the shards of a large stream (measured: 10,000 shards).
    // Heartbeats are events of ours, as they carry the time; the stream needs no others.
    sse: { ping: { enabled: false }, client: { reconnectAfterInactivityMs: 15_000 } },
    errorFormatter: ({ shape, error: { cause } }) => ({
      ...shape,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        /** The permission that is missing at AWS, as IAM writes it; null where none is. */
        deniedAction: cause instanceof AwsFailure ? cause.deniedAction : null,
      },
    }),
  });

export const { router, createCallerFactory } = t;

const describeErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok) throw describeError(result.error, path, ctx.log);
  return result;
});

const checkRole = t.middleware(({ ctx, meta, next }) => {
  if (meta === undefined) throw new Error('A procedure states the role that it needs.');
  const { name, role } = ctx.identity;
  if (!mayActAs(role, meta.role)) {
    throw new TRPCError({
      code: 'FORBIDDEN',
      message: `This needs the role ${meta.role}; ${name} has the role ${role}.`,
    });
  }
  return next();
});

/** Whom nothing is asked of but the role; mutations are audited and respect read-only connections. */
const checkMutation = t.middleware(async ({ ctx, meta, type, path, getRawInput, next }) => {
  if (type !== 'mutation') return next();
  if (meta?.audit === 'with-the-plan' && meta.changes === 'ours') return next();
  const input = await getRawInput();
  const { name: actor, role } = ctx.identity;
  const about = meta?.about;
  return audited({
    ctx,
    intent: { actor, role, procedure: path, input },
    ...(about !== undefined && { about: () => about(ctx, input) }),
    outcomeOf: (result) =>
      result.ok ? { outcome: 'ok' } : { outcome: 'error', error: result.error.message },
    run: async () => {
      // What does not say that it leaves AWS alone is taken to change it.
      if (meta?.changes !== 'ours') {
        await requireWritable({ ctx, input: { connection: connectionOf(input) } });
      }
      return next();
    },
  });
});

function connectionOf(input: unknown): string {
  const read = z.object({ connection: z.string() }).safeParse(input);
  if (!read.success) {
    throw new ServiceError('invalid', 'Name the `connection` that this changes something on.');
  }
  return read.data.connection;
}

const base = t.procedure.use(describeErrors);

/** These three are the only way to make a procedure: none can be made that does not state its role. */
export const viewerProcedure = base.meta({ role: 'viewer' }).use(checkRole).use(checkMutation);
export const operatorProcedure = base.meta({ role: 'operator' }).use(checkRole).use(checkMutation);
export const adminProcedure = base.meta({ role: 'admin' }).use(checkRole).use(checkMutation);
