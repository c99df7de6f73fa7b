import {
  type ChosenPlace,
  createdMsOf,
  planRewind as planSteps,
  sequenceNumberFault,
  shardsToLookInto,
} from '#lib/domain/consumers/rewind/plan-rewind.ts';
import type { RewindEffect, RewindTarget } from '#lib/domain/consumers/rewind/rewind.ts';
import type { Shard, ShardId } from '#lib/domain/shard.ts';
import { EFFECTS_MAX, type RewindPreview, type RewindTotals } from '#lib/rewind/rewind-view.ts';
import { insertRewind } from '#server/db/rewinds/insert-rewind.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { arrivalsSince } from './arrivals-since.ts';
import {
  type RewindContext,
  type RewindSubject,
  readLeases,
  rewindSubject,
} from './rewind-context.ts';

type PlanInput = {
  readonly connection: string;
  readonly applicationId: number;
  readonly target: Exclude<RewindTarget, { kind: 'restore' }>;
  /** null: all. */
  readonly shardIds: readonly ShardId[] | null;
};

/**
 * Works out what setting an application to another place would write and have read again, and keeps that, with the leases
 * as they are, for `runRewind`. Nothing is changed at AWS. For a time, records are read (see server/aws/place-before.ts).
 * @throws ServiceError, AwsFailure
 */
export async function planRewind(args: {
  ctx: RewindContext;
  actor: string;
  input: PlanInput;
}): Promise<RewindPreview> {
  const { ctx, actor, input } = args;
  const { target } = input;
  const { signal } = new AbortController();
  const subject = await rewindSubject(ctx, input, signal);
  const { leases, live, nowMs } = await readLeases(ctx, subject, signal);
  const shards = await subject.aws.listShards(subject.stream.streamName, signal);
  const only = input.shardIds === null ? null : new Set(input.shardIds);
  refuseNonsense(input, shards, nowMs);
  const retentionMs = subject.stream.retentionHours * 3_600_000;
  const { connection } = ctx.aws.get(subject.connection);
  const arrivals = await arrivalsSince(ctx.database, connection, subject.streamId, {
    fromMs: nowMs - retentionMs,
    nowMs,
  });
  const found = await lookInto(subject, shards, only, target, signal);
  const { steps, effects } = planSteps({
    leases,
    shards,
    only,
    target,
    found,
    arrivals,
    retentionMs,
    nowMs,
  });
  const { applicationId, tableName } = subject;
  const plan = { applicationId, tableName, target, restores: null, actor, steps };
  return {
    rewindId: await insertRewind(ctx.database, plan),
    target,
    leases: effects.length,
    effects: effects.slice(0, EFFECTS_MAX),
    again: totalsOf(effects),
    live,
  };
}

function totalsOf(effects: readonly RewindEffect[]): RewindTotals {
  let [records, bytes, unknownShards] = [0, 0, 0];
  let earliestMs: number | null = null;
  for (const { againRecords, againBytes, beginsAtMs } of effects) {
    records += againRecords ?? 0;
    bytes += againBytes ?? 0;
    if (againRecords === null) unknownShards += 1;
    if (againRecords === 0 || beginsAtMs === null) continue;
    earliestMs = Math.min(earliestMs ?? beginsAtMs, beginsAtMs);
  }
  return { records, bytes, unknownShards, earliestMs };
}

function refuseNonsense(input: PlanInput, shards: readonly Shard[], nowMs: number): void {
  const { target, shardIds } = input;
  const known = new Map(shards.map((shard) => [shard.shardId, shard]));
  const unknown = shardIds?.find((shardId) => !known.has(shardId));
  if (unknown !== undefined) {
    throw new ServiceError('invalid', `The stream has no ${unknown} (any more).`);
  }
  if (target.kind === 'time' && target.atMs > nowMs) {
    throw new ServiceError(
      'invalid',
      'That is in the future. Choose LATEST to leave out what is there.',
    );
  }
  if (target.kind !== 'sequence-number') return;
  const shard = shardIds?.length === 1 ? known.get(shardIds[0] ?? '') : undefined;
  if (shard === undefined) {
    throw new ServiceError(
      'invalid',
      'A sequence number is a place in one shard: choose that shard.',
    );
  }
  const fault = sequenceNumberFault(shard, target.sequenceNumber);
  if (fault !== null) throw new ServiceError('invalid', fault);
}

/** Shards looked into at a time: each is read for itself, and has its own limit of five reads a second. */
const AT_A_TIME = 64;

async function lookInto(
  { aws, stream }: RewindSubject,
  shards: readonly Shard[],
  only: ReadonlySet<ShardId> | null,
  target: RewindTarget,
  signal: AbortSignal,
): Promise<ReadonlyMap<ShardId, ChosenPlace>> {
  const found = new Map<ShardId, ChosenPlace>();
  if (target.kind !== 'time') return found;
  const toVisit = [...shardsToLookInto(shards, only, target.atMs)];
  const visit = async () => {
    for (let shard = toVisit.pop(); shard !== undefined; shard = toVisit.pop()) {
      const { streamArn } = stream;
      const { shardId } = shard;
      const createdMs = createdMsOf(shard);
      const one = { streamArn, shardId, createdMs };
      const place = await aws.placeBefore(one, target.atMs, signal);
      found.set(shardId, {
        checkpoint: place.sequenceNumber ?? 'TRIM_HORIZON',
        beginsAtMs: place.beginsAtMs,
      });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, visit));
  return found;
}
