import type { DynamoItem } from '#lib/domain/consumers/dynamo-item.ts';
import { readLease } from '#lib/domain/consumers/kcl-lease.ts';
import { readLeaseRows } from '#lib/domain/consumers/lease-rows.ts';
import type { LeaseObservation } from '#lib/domain/consumers/observation.ts';
import { type LiveLease, liveLeases } from '#lib/domain/consumers/rewind/live-leases.ts';
import type { PresentLease } from '#lib/domain/consumers/rewind/plan-rewind.ts';
import type { StoredItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import { loadItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import { THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import { isSameStream } from '#lib/domain/stream-listing.ts';
import type { StreamSettings } from '#lib/domain/stream-settings.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { readStreamById } from '#server/db/read/stream-by-id.ts';
import { readTrack } from '#server/db/rewinds/read-track.ts';
import { knownApplication } from '#server/services/consumers/known-application.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

export type RewindContext = Pick<ServiceContext, 'database' | 'aws' | 'log'>;

/** An application whose checkpoints may be set, and its stream as AWS describes it now. */
export type RewindSubject = {
  readonly applicationId: number;
  readonly streamId: number;
  readonly name: string;
  readonly connection: string;
  readonly tableName: string;
  readonly isMultiStream: boolean;
  readonly stream: StreamSettings & { readonly streamName: string };
  readonly aws: Aws;
};

/** @throws ServiceError where it is no application of the KCL, or its stream is not the one that was watched; AwsFailure */
export async function rewindSubject(
  ctx: RewindContext,
  input: { readonly connection: string; readonly applicationId: number },
  signal: AbortSignal,
): Promise<RewindSubject> {
  const { application } = await knownApplication(ctx.database, input.applicationId);
  const { source, connection, streamId, name } = application;
  if (connection !== input.connection) {
    throw new ServiceError('invalid', `${name} is not on connection "${input.connection}".`);
  }
  if (source.kind !== 'kcl') {
    throw new ServiceError(
      'invalid',
      `The place of ${name} cannot be set from here: it is not an application of the Kinesis Client Library, and keeps no lease table.`,
    );
  }
  const known = await readStreamById(ctx.database, connection, streamId);
  if (known === null) throw new ServiceError('not-found', `The stream of ${name} is gone.`);
  const { aws } = ctx.aws.get(connection);
  const described = await aws.describeSettings({ streamArn: known.streamArn }, signal);
  if (!isSameStream(known, described)) {
    throw new ServiceError(
      'conflict',
      `The stream ${known.streamName} was deleted and made again since it was looked at. Nothing was changed.`,
    );
  }
  const { tableName, isMultiStream } = source;
  return {
    applicationId: application.id,
    streamId,
    name,
    connection,
    tableName,
    isMultiStream,
    stream: { ...described, streamName: known.streamName },
    aws,
  };
}

/** The leases of the application on its stream, as the table has them now, and who is at work on them. */
export type ReadLeases = {
  readonly leases: readonly PresentLease[];
  /** All rows of the table by their key. */
  readonly rows: ReadonlyMap<string, StoredItem>;
  readonly live: readonly LiveLease[];
  /** On AWS's clock. */
  readonly nowMs: number;
};

/** @throws ServiceError where a row cannot be read: nothing is concluded from half a table; AwsFailure */
export async function readLeases(
  ctx: Pick<RewindContext, 'database'>,
  subject: RewindSubject,
  signal: AbortSignal,
): Promise<ReadLeases> {
  const track = await readTrack(ctx.database, subject.applicationId);
  const stored = await subject.aws.leases.readAll(subject.tableName, signal);
  // What its rows hold is of now or of a moment ago; the clock is that of AWS's last answer.
  const nowMs = Date.now() + subject.aws.clockSkewMs();
  const items = stored.map((row) => loadItem(row) as DynamoItem);
  const { groups, unreadable } = readLeaseRows(items);
  const [problem] = unreadable;
  if (problem !== undefined) {
    throw new ServiceError(
      'conflict',
      `The table ${subject.tableName} has a row that is no lease as the library writes them, so nothing is changed in it. ${problem}`,
    );
  }
  const { streamName } = subject.stream;
  const isMeant = (stream: { readonly streamName: string } | null) =>
    subject.isMultiStream ? stream?.streamName === streamName : stream === null;
  const group = groups.find(({ stream }) => isMeant(stream));
  const observation: LeaseObservation = {
    atMs: Math.floor(nowMs),
    throughMs: Math.floor(nowMs),
    counterIs: 'renewals',
    leases: group?.leases ?? [],
    unreadable: [],
    workers: null,
  };
  const leases: PresentLease[] = [];
  const rows = new Map<string, StoredItem>();
  for (const [i, item] of items.entries()) {
    const row = stored[i];
    const leaseKey = item['leaseKey']?.S;
    if (row === undefined || leaseKey === undefined) continue;
    rows.set(leaseKey, row);
    const read = readLease(item);
    if (read.kind !== 'lease' || !isMeant(read.lease.stream)) continue;
    leases.push({ leaseKey, shardId: read.lease.shardId, item: row });
  }
  return { leases, rows, live: liveLeases(track, observation, THRESHOLDS), nowMs };
}
