import { storedReasonWords } from '#lib/replay/quarantine-words.ts';
import type {
  QuarantinePage,
  QuarantineReasonSum,
  QuarantineRow,
} from '#lib/replay/view/quarantine.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import {
  type QuarantinedRow,
  type QuarantineSum,
  readQuarantine,
  readQuarantineSums,
} from '#server/db/replay/read-quarantine.ts';
import { readableBytes } from '#server/services/archives/readable-bytes.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { knownRun } from './known-run.ts';

const ROWS_PER_PAGE = 50;

/** A page of what a replay did not send. @throws ServiceError `not-found` */
export async function listQuarantine(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: {
    readonly id: number;
    readonly after: number | null;
    /** null: of all. */
    readonly reason: string | null;
    /** False for those who may not see payloads. */
    readonly showsPayloads: boolean;
  };
}): Promise<QuarantinePage> {
  const { ctx, input } = args;
  const { database } = ctx;
  const { id, after, reason, showsPayloads } = input;
  await knownRun(ctx, id);
  const [readAtMs, rows, sums] = await Promise.all([
    readServerTimeMs(database),
    readQuarantine(database, id, after, ROWS_PER_PAGE + 1, reason),
    readQuarantineSums(database, id),
  ]);
  const shown = rows.slice(0, ROWS_PER_PAGE);
  return {
    readAtMs,
    rows: shown.map((row) => rowView(row, showsPayloads)),
    next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    reasons: sums.map(reasonView),
  };
}

export function reasonView({ reason, units, bytes }: QuarantineSum): QuarantineReasonSum {
  const { title, todo } = storedReasonWords(reason);
  return { reason, title, todo, units, bytes };
}

function rowView(row: QuarantinedRow, showsPayloads: boolean): QuarantineRow {
  const { id, objectKey, etag, first, last, start, end, sub, reason, byteCount, at } = row;
  const readable = readableBytes(row.bytes);
  return {
    ...{ id, objectKey, etag, first, last, start, end, sub, reason, byteCount },
    ...storedReasonWords(reason),
    // What is said of an expression may quote the record.
    message: showsPayloads ? row.message : null,
    partitionKey: showsPayloads ? row.partitionKey : null,
    explicitHashKey: showsPayloads ? row.explicitHashKey : null,
    bytes: showsPayloads
      ? { ...readable, bytes: byteCount, isCut: readable.isCut || row.bytes.length < byteCount }
      : null,
    atMs: at.getTime(),
  };
}
