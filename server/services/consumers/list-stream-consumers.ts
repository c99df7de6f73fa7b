import type {
  ConsumerTableView,
  NamedStream,
  StreamConsumersView,
  TableBindingView,
} from '#lib/consumers/stream-consumers-view.ts';
import type { LeaseBinding } from '#lib/domain/consumers/bind-table.ts';
import {
  readConsumerDiscovery,
  readConsumerTables,
  type StoredConsumerTable,
} from '#server/db/consumers/read-consumer-tables.ts';
import { readStreamNames } from '#server/db/consumers/read-stream-names.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { listApplications } from './list-applications.ts';

/** Who reads a stream, what they keep their state in, and what may not be asked. */
export async function listStreamConsumers(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly connection: string; readonly streamId: number };
}): Promise<StreamConsumersView> {
  const { database } = args.ctx;
  const { connection, streamId } = args.input;
  const [applications, tables, discovery, names] = await Promise.all([
    listApplications({ ctx: args.ctx, input: { streamId } }),
    readConsumerTables(database, connection),
    readConsumerDiscovery(database, connection),
    readStreamNames(database, connection),
  ]);
  return {
    streamId,
    applications,
    tables: tables
      .flatMap((table) => tableViews(table, names))
      .filter((table) => mayBeOf(table, streamId)),
    discovery: discovery.map(({ api, readAt, failure }) => ({
      api,
      readAtMs: readAt?.getTime() ?? null,
      failure,
    })),
  };
}

/** What surely belongs to another stream is left out, and so is what is of a stream that is gone. */
function mayBeOf({ binding, boundByHandTo }: ConsumerTableView, streamId: number): boolean {
  if (boundByHandTo !== null) return boundByHandTo.streamId === streamId;
  switch (binding.kind) {
    case 'bound':
      return binding.stream.streamId === streamId;
    case 'ambiguous':
      return binding.candidates.some((stream) => stream.streamId === streamId);
    case 'none':
      return binding.reason === 'no-leases';
    case 'unread':
      return true;
  }
}

/** A table of several streams or groups is one line for each. */
function tableViews(
  table: StoredConsumerTable,
  names: ReadonlyMap<number, string>,
): readonly ConsumerTableView[] {
  const { layout } = table;
  if (layout !== 'kcl' && layout !== 'lifion') return [];
  const parts = table.binding ?? [];
  return (parts.length === 0 ? [{ name: null, binding: null }] : parts).map((part) => ({
    connection: table.connection,
    tableName: table.tableName,
    layout,
    part: part.name,
    binding: bindingView(part.binding, names),
    boundByHandTo: table.boundByHand === null ? null : named(table.boundByHand, names),
    readCapacity: table.readCapacity,
    scan: scanOf(table),
    failure: table.failure,
    checkedAtMs: table.checkedAt.getTime(),
  }));
}

function scanOf({ scanUnits, scanSeconds, scannedAt }: StoredConsumerTable) {
  return scanUnits === null || scanSeconds === null || scannedAt === null
    ? null
    : { units: scanUnits, seconds: scanSeconds, atMs: scannedAt.getTime() };
}

function bindingView(
  binding: LeaseBinding | null,
  names: ReadonlyMap<number, string>,
): TableBindingView {
  switch (binding?.kind) {
    case undefined:
      return { kind: 'unread' };
    case 'bound':
      return { kind: 'bound', by: binding.by, stream: named(binding.streamId, names) };
    case 'ambiguous':
      return {
        kind: 'ambiguous',
        reason: binding.reason,
        candidates: binding.candidates.map((id) => named(id, names)),
      };
    case 'none':
      return binding;
  }
}

function named(streamId: number, names: ReadonlyMap<number, string>): NamedStream {
  return { streamId, streamName: names.get(streamId) ?? 'a stream that is gone' };
}
