import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { RETENTION_HOURS_MIN } from '#lib/domain/limits.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import {
  keyIdFault,
  maxRecordFault,
  retentionFault,
  shardCountFault,
  streamNameFault,
  tagsFault,
} from '#lib/domain/stream-rules.ts';
import type { StreamSettings, StreamTags } from '#lib/domain/stream-settings.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { streamFilter } from '#server/config/stream-filter.ts';
import { streamLockName } from '#server/db/stream-lock-name.ts';
import { insertStreamSetup } from '#server/db/stream-setup.ts';
import { withNameLock } from '#server/db/with-name-lock.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { type AdminContext, askToLook, type ChangeOutcome, underWay } from './change-stream.ts';

export type CreateStreamInput = {
  readonly connection: string;
  readonly streamName: string;
  readonly mode: StreamMode;
  /** null for on-demand streams. */
  readonly shardCount: number | null;
  readonly retentionHours: number;
  /** null: not encrypted by a key of KMS. */
  readonly keyId: string | null;
  readonly maxRecordKiB: number;
  readonly tags: StreamTags;
};

/**
 * Creates a stream. AWS answers while it is CREATING; what CreateStream does not take (retention, encryption) is
 * written down, and the collector sets it when the stream is ACTIVE.
 * @throws ServiceError `invalid`, `conflict` where the name is taken, `unavailable`; AwsFailure
 */
export async function createStream(args: {
  ctx: AdminContext;
  actor: string;
  input: CreateStreamInput;
}): Promise<ChangeOutcome> {
  const { ctx, input } = args;
  const fault = faultOf(input);
  if (fault !== null) throw new ServiceError('invalid', `No stream was created. ${fault}`);
  const lock = streamLockName(input.connection, input.streamName);
  const done = await withNameLock(ctx.database, lock, () => createAlone(args));
  if (done === null) throw underWay(input.streamName);
  await askToLook(ctx, input);
  return done.value;
}

function faultOf(input: CreateStreamInput): string | null {
  const { mode, shardCount } = input;
  if (mode === 'PROVISIONED' && shardCount === null) return 'A provisioned stream needs shards.';
  if (mode === 'ON_DEMAND' && shardCount !== null) {
    return 'An on-demand stream takes no number of shards: AWS chooses it.';
  }
  return (
    streamNameFault(input.streamName) ??
    (shardCount === null ? null : shardCountFault(shardCount)) ??
    retentionFault(input.retentionHours) ??
    maxRecordFault(input.maxRecordKiB) ??
    (input.keyId === null ? null : keyIdFault(input.keyId)) ??
    tagsFault(input.tags)
  );
}

async function createAlone({
  ctx,
  actor,
  input,
}: Parameters<typeof createStream>[0]): Promise<ChangeOutcome> {
  // Whoever asked may leave: what was begun is carried to its end.
  const { signal } = new AbortController();
  const { streamName } = input;
  const { aws, connection } = ctx.aws.get(input.connection);
  refuseInvisible(connection, streamName);
  if ((await describeIfThere(aws, streamName, signal)) !== null) throw nameTaken(streamName);

  const outcome = await send(ctx, aws, input, signal);
  const created = await describeIfThere(aws, streamName, signal).catch(() => null);
  const setsMore = input.retentionHours !== RETENTION_HOURS_MIN || input.keyId !== null;
  if (!setsMore) return outcome;
  if (created === null) {
    throw new ServiceError(
      'unavailable',
      `${streamName} is being created, but it could not be described, so its retention and encryption are not set. Set them in its settings when it is ACTIVE.`,
    );
  }
  await insertStreamSetup(ctx.database, {
    connection: input.connection,
    arn: created.streamArn,
    createdAtMs: created.createdAtMs,
    name: streamName,
    retentionHours: input.retentionHours === RETENTION_HOURS_MIN ? null : input.retentionHours,
    keyId: input.keyId,
    requestedBy: actor,
  });
  return outcome;
}

/** Nobody shall create what this connection would never show. */
function refuseInvisible(connection: Connection, streamName: string): void {
  if (connection.streamArns.length > 0) {
    throw new ServiceError(
      'invalid',
      `No stream was created: connection "${connection.name}" reads only the streams that its "streamArns" name, so it would never be shown. Create it on a connection of its account.`,
    );
  }
  if (!streamFilter(connection.include, connection.exclude)(streamName)) {
    throw new ServiceError(
      'invalid',
      `No stream was created: the patterns "include" and "exclude" of connection "${connection.name}" leave ${streamName} out, so it would never be shown. Choose another name.`,
    );
  }
}

async function send(
  ctx: AdminContext,
  aws: Aws,
  input: CreateStreamInput,
  signal: AbortSignal,
): Promise<ChangeOutcome> {
  const { streamName } = input;
  try {
    await aws.changes.createStream(input, signal);
    return { answered: true };
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    // Of CreateStream, ResourceInUseException means the name.
    if (error.kind === 'busy') throw nameTaken(streamName);
    if (!error.answerLost) throw error;
    ctx.log.warn({ err: error, stream: streamName }, 'the answer to a creation was lost');
    // It was not there a moment ago, and the lock keeps others of ours away: what is there now is this one.
    const found = await describeIfThere(aws, streamName, signal).catch((failure: unknown) => {
      throw new ServiceError(
        'unavailable',
        `Whether ${streamName} was created is unknown: the answer was lost, and nothing can be described. ${error.message} Look at the list of streams before you try again.`,
        { cause: failure },
      );
    });
    if (found !== null) return { answered: false };
    throw new ServiceError(
      'unavailable',
      `${streamName} seems not to have been created: the answer was lost, and AWS knows no stream of that name. ${error.message}`,
      { cause: error },
    );
  }
}

async function describeIfThere(
  aws: Aws,
  streamName: string,
  signal: AbortSignal,
): Promise<StreamSettings | null> {
  try {
    return await aws.describeSettings(streamName, signal);
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'not-found') return null;
    throw error;
  }
}

function nameTaken(streamName: string): ServiceError {
  return new ServiceError(
    'conflict',
    `No stream was created: the account has a stream ${streamName} in this region already. Choose another name.`,
  );
}
