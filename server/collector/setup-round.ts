import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { RETENTION_HOURS_MIN } from '#lib/domain/limits.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import {
  finishStreamSetup,
  readOpenStreamSetups,
  type StreamSetup,
} from '#server/db/stream-setup.ts';
import type { Collection } from './collection.ts';
import { failureSince } from './failure.ts';

/**
 * Sets what CreateStream did not take of streams that were created here, one step a round and stream:
 *
 *   CREATING -> ACTIVE -> retention -> UPDATING -> ACTIVE -> encryption -> UPDATING -> ACTIVE, finished
 *
 * Each step is chosen by what the stream says now, so that a collector that dies in between, or a lost answer,
 * repeats nothing. What AWS refuses for good is given up and written down.
 * @returns whether any is under way
 */
export async function setupRound(collection: Collection, signal: AbortSignal): Promise<boolean> {
  const setups = await readOpenStreamSetups(collection.database, collection.connection.name);
  let underWay = false;
  for (const setup of setups) {
    if (!(await stepForward(collection, setup, signal))) underWay = true;
  }
  return underWay;
}

/** @returns whether it is over */
async function stepForward(
  collection: Collection,
  setup: StreamSetup,
  signal: AbortSignal,
): Promise<boolean> {
  const { aws, connection, pending } = collection;
  if (connection.readOnly)
    return await giveUp(collection, setup, readOnlyFailure(collection, setup));
  try {
    const now = await aws.describeSettings(setup.name, signal);
    if (!isSameStream(now, { streamArn: setup.arn, createdAtMs: setup.createdAtMs })) {
      return await giveUp(collection, setup, goneFailure(setup));
    }
    if (now.status === 'DELETING') return await giveUp(collection, setup, goneFailure(setup));
    if (now.status !== 'ACTIVE') return false;
    // Another retention than that of a new stream was set by somebody since: theirs stands.
    const isNew = now.retentionHours === RETENTION_HOURS_MIN;
    if (setup.retentionHours !== null && setup.retentionHours !== now.retentionHours && isNew) {
      const hours = { now: now.retentionHours, wanted: setup.retentionHours };
      await aws.changes.changeRetention(now.streamArn, hours, signal);
    } else if (setup.keyId !== null && now.keyId === null) {
      await aws.changes.startEncryption(now.streamArn, setup.keyId, signal);
    } else {
      await collection.write((tx) => finishStreamSetup(tx, setup.id, null));
      collection.log.info({ stream: setup.name }, 'a new stream is set up');
      return true;
    }
    pending.add(setup.name);
    return false;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsFailure)) throw error;
    if (error.retryable) return false;
    return await giveUp(collection, setup, error);
  }
}

async function giveUp(
  collection: Collection,
  setup: StreamSetup,
  error: AwsFailure,
): Promise<boolean> {
  const failure = failureSince(null, error, await readServerTimeMs(collection.database));
  await collection.write((tx) => finishStreamSetup(tx, setup.id, failure));
  collection.log.warn(
    { stream: setup.name, cause: failure.message },
    'a new stream could not be set up as it was asked for',
  );
  return true;
}

function goneFailure(setup: StreamSetup): AwsFailure {
  return new AwsFailure(
    'not-found',
    'kinesis:DescribeStreamSummary',
    `The stream ${setup.name} was deleted before it was set up.`,
  );
}

function readOnlyFailure({ connection }: Collection, setup: StreamSetup): AwsFailure {
  return new AwsFailure(
    'invalid-request',
    'kinesis:IncreaseStreamRetentionPeriod',
    `Connection "${connection.name}" has become read-only before ${setup.name} was set up, so its retention and encryption were left as they are. Allow changes (readOnly: false in kinetoscope.config.yaml), and set them in the stream's settings.`,
  );
}
