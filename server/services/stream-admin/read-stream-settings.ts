import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import type {
  AccountLimitsView,
  Part,
  PendingSetup,
  StreamSettingsView,
} from '#lib/stream-admin/stream-settings-view.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readStreamById } from '#server/db/read/stream-by-id.ts';
import { readStreamSetup } from '#server/db/stream-setup.ts';
import { ServiceError } from '#server/services/service-error.ts';
import type { AdminContext, StreamTarget } from './change-stream.ts';

/**
 * What is set of a stream, asked of AWS now. Tags and consumers are told even where the other fails: they need
 * permissions of their own.
 * @throws ServiceError `not-found`; AwsFailure where the stream itself cannot be described
 */
export async function readStreamSettings(args: {
  ctx: AdminContext;
  input: StreamTarget;
  signal: AbortSignal | undefined;
}): Promise<StreamSettingsView> {
  const { ctx, input } = args;
  const signal = args.signal ?? new AbortController().signal;
  const known = await readStreamById(ctx.database, input.connection, input.streamId);
  if (known === null) throw gone(input.streamName);
  const { aws } = ctx.aws.get(input.connection);
  const [readAtMs, settings, tags, consumers, setup] = await Promise.all([
    readServerTimeMs(ctx.database),
    aws.describeSettings(known, signal),
    partOf(aws.listTags(known.streamArn, signal)),
    partOf(aws.listConsumers(known.streamArn, signal)),
    readStreamSetup(ctx.database, {
      connection: input.connection,
      arn: known.streamArn,
      createdAtMs: known.createdAtMs,
    }),
  ]);
  if (!isSameStream(known, settings)) throw gone(input.streamName);
  return { readAtMs, settings, tags, consumers, setup: pending(setup) };
}

/** Quotas of the account, asked of AWS now. @throws ServiceError `not-found` */
export async function readAccountLimits(args: {
  ctx: AdminContext;
  input: { readonly connection: string };
  signal: AbortSignal | undefined;
}): Promise<AccountLimitsView> {
  const { ctx, input } = args;
  const signal = args.signal ?? new AbortController().signal;
  const { aws } = ctx.aws.get(input.connection);
  const [readAtMs, limits] = await Promise.all([
    readServerTimeMs(ctx.database),
    partOf(aws.describeLimits(signal)),
  ]);
  return { readAtMs, limits };
}

async function partOf<T>(asked: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await asked, failure: null };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    const { message, deniedAction } = error;
    return { value: null, failure: { message, deniedAction } };
  }
}

/** A setup that succeeded is no news: the settings themselves tell. */
function pending(setup: Awaited<ReturnType<typeof readStreamSetup>>): PendingSetup | null {
  if (setup === null || (setup.finishedAt !== null && setup.failure === null)) return null;
  const { failure } = setup;
  return {
    retentionHours: setup.retentionHours,
    keyId: setup.keyId,
    requestedAtMs: setup.requestedAt.getTime(),
    failure:
      failure === null
        ? null
        : { message: failure.message, deniedAction: failure.deniedAction ?? null },
  };
}

function gone(streamName: string): ServiceError {
  return new ServiceError(
    'not-found',
    `There is no stream ${streamName} any more. It was deleted, or is no longer read on this connection.`,
  );
}
