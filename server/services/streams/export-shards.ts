import { SHARD_METRICS } from '#lib/domain/shard-metric.ts';
import type { ShardArrangement } from '#lib/shards/arrange-shards.ts';
import { csvLine, EXPORT_HEADER, exportRow } from '#lib/shards/export-rows.ts';
import { readShardLine } from '#lib/shards/read-shard-line.ts';
import { expiredShards } from './expired-shards.ts';
import { readView, type ViewContext, type ViewInput } from './read-view.ts';
import { readingsOf } from './shape-readings.ts';
import { shardLine, shardsHead } from './shard-lines.ts';

export type ExportInput = ViewInput & {
  readonly arrangement: ShardArrangement;
  readonly format: 'csv' | 'json';
};

/** Rows that are put into text at a time: others are served between two of them. */
const ROWS_PER_PART = 500;

/**
 * All rows of an arrangement as text, part by part, all of one period. What is refused is refused before the
 * first part.
 * @throws ServiceError as readView
 */
export async function exportShards(args: {
  ctx: ViewContext;
  input: ExportInput;
}): Promise<AsyncIterable<string>> {
  const { streamId, arrangement, format } = args.input;
  const view = await readView(args);
  const expired = arrangement.withExpired
    ? await expiredShards(args.ctx, streamId, view.shape)
    : [];
  const arranged = readingsOf(view.shape, view.frame).arranged(arrangement, expired);
  const { period } = shardsHead(streamId, view);
  const rows = function* () {
    for (const { facts } of arranged) {
      yield exportRow(readShardLine(shardLine(view, facts), period));
    }
  };
  return format === 'csv' ? inParts(csv(rows())) : inParts(json(rows(), period));
}

function* csv(rows: Iterable<ReturnType<typeof exportRow>>): Iterable<string> {
  yield csvLine(EXPORT_HEADER);
  for (const row of rows) yield csvLine(row);
}

function* json(rows: Iterable<ReturnType<typeof exportRow>>, period: object | null) {
  const source = { source: 'CloudWatch', metrics: SHARD_METRICS };
  yield `{"period":${JSON.stringify(period)},"source":${JSON.stringify(source)},"shards":[`;
  let separator = '\n';
  for (const row of rows) {
    const named = Object.fromEntries(row.map((value, i) => [EXPORT_HEADER[i] ?? '', value]));
    yield `${separator}${JSON.stringify(named)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}

async function* inParts(texts: Iterable<string>): AsyncIterable<string> {
  let part = '';
  let count = 0;
  for (const text of texts) {
    part += text;
    count += 1;
    if (count % ROWS_PER_PART !== 0) continue;
    yield part;
    part = '';
    await new Promise(setImmediate);
  }
  if (part !== '') yield part;
}
