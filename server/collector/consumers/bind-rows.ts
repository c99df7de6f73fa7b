import {
  type BindingLease,
  bindLeases,
  bindNamed,
  type LeaseBinding,
  type StreamCandidate,
} from '#lib/domain/consumers/bind-table.ts';
import { type ConsumerCollection, knownStreams, seesAllStreams } from './consumer-collection.ts';
import { type FollowedTable, formerStream } from './followed-table.ts';

/** Rows of a table that belong together. `name` null: they name no stream. */
export type RowGroup = {
  readonly name: string | null;
  readonly leases: readonly BindingLease[];
  /** There are rows, but none of them can be read. */
  readonly isUnreadable: boolean;
  readonly stream: {
    readonly streamName: string;
    readonly accountId: string | null;
    readonly createdSeconds: number | null;
    /** Whether what is said of the stream's creation is written by the library itself, and not told by a person. */
    readonly isCreationSure: boolean;
  } | null;
};

/**
 * Finds which stream each group of rows is of. A binding that was found stays as long as nothing speaks against it;
 * the others are held against all streams again with each search for consumers.
 */
export async function bindRows(
  consumers: ConsumerCollection,
  table: FollowedTable,
  groups: readonly RowGroup[],
): Promise<FollowedTable['binding']> {
  const { discoverySeconds } = consumers.collection.connection.consumers;
  const all = knownStreams(consumers);
  const isDue =
    table.boundAmong !== all.length ||
    performance.now() - table.boundAtMs >= discoverySeconds * 1000;
  const bound: { name: string | null; binding: LeaseBinding }[] = [];
  for (const group of groups) {
    const former = table.binding.find(({ name }) => name === group.name)?.binding ?? null;
    const byHand = group.name === null ? table.boundByHand : null;
    if (byHand !== null && consumers.collection.streams.has(byHand)) {
      bound.push({ name: group.name, binding: { kind: 'bound', streamId: byHand, by: 'hand' } });
      continue;
    }
    const still = await confirm(consumers, table, group);
    if (still !== null) {
      bound.push({ name: group.name, binding: still });
    } else if (former !== null && former.kind !== 'bound' && !isDue) {
      bound.push({ name: group.name, binding: former });
    } else {
      const candidates = await consumers.shards.candidates(all);
      const binding = bindGroup(group, candidates, seesAllStreams(consumers), null);
      bound.push({ name: group.name, binding });
    }
  }
  if (isDue) {
    table.boundAtMs = performance.now();
    table.boundAmong = all.length;
  }
  return bound;
}

/** What was found before, where the stream is still there and the rows still fit it; else null. */
async function confirm(
  consumers: ConsumerCollection,
  table: FollowedTable,
  group: RowGroup,
): Promise<LeaseBinding | null> {
  const streamId = formerStream(table, group.name);
  const stream = streamId === null ? undefined : consumers.collection.streams.get(streamId);
  if (stream === undefined || streamId === null) return null;
  const before = table.binding.find(({ name }) => name === group.name)?.binding;
  // What a person said before and took back is no reason.
  if (before?.kind === 'bound' && before.by === 'hand') return null;
  const candidates = await consumers.shards.candidates([stream]);
  const binding = bindGroup(group, candidates, seesAllStreams(consumers), streamId);
  if (binding.kind !== 'bound') return null;
  return before?.kind === 'bound' && binding.by === 'ranges' ? before : binding;
}

function bindGroup(
  { leases, isUnreadable, stream }: RowGroup,
  candidates: readonly StreamCandidate[],
  seesAll: boolean,
  formerly: number | null,
): LeaseBinding {
  if (isUnreadable) return { kind: 'none', reason: 'unreadable-rows' };
  if (stream === null) return bindLeases(leases, candidates, seesAll, formerly);
  const binding = bindNamed(leases, stream, candidates);
  const isOfAnother =
    binding.kind === 'ambiguous' && binding.reason === 'other-creation' && stream.isCreationSure;
  return isOfAnother ? { kind: 'none', reason: 'other-streams-shards' } : binding;
}
