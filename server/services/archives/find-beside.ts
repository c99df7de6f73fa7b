import { type ArchiveDelivery, literalPrefix } from '#lib/domain/replay/plan/archive-delivery.ts';
import { parseStreamArn } from '#lib/domain/stream-arn.ts';
import type { ArchiveGap, FoundArchive } from '#lib/replay/view/archive.ts';
import type { ArchiveStore } from '#server/aws/archive-store.ts';
import { probeLayout } from '#server/aws/archive-walk.ts';
import { callBudget } from './call-budget.ts';
import { gapOf } from './open-archive.ts';

/** A look around, not a search: what is further away can be named by hand. */
const LIMITS = { callsMax: 60, msMax: 6_000 };
const FOLDERS_MAX = 20;
const DEPTH_MAX = 2;

/**
 * Archives in the buckets that delivery streams write to, which are not theirs: folders, at most two deep, behind which
 * there are folders of time.
 */
export async function findBeside(
  store: ArchiveStore,
  connection: string,
  deliveries: readonly ArchiveDelivery[],
  signal: AbortSignal,
): Promise<{ archives: readonly FoundArchive[]; gaps: readonly ArchiveGap[] }> {
  const budget = callBudget(store, LIMITS);
  const archives: FoundArchive[] = [];
  const gaps: ArchiveGap[] = [];
  const known = deliveries.flatMap(({ bucket, prefixExpression, errorPrefixExpression }) =>
    [prefixExpression, errorPrefixExpression]
      .filter((expression) => expression !== null)
      .map((expression) => `${bucket}/${literalPrefix(expression)}`),
  );

  async function lookInto(delivery: ArchiveDelivery, prefix: string, depth: number) {
    if (budget.isSpent) return;
    const { bucket } = delivery;
    const level = await budget.store.listFolders({ bucket, prefix, startAfter: null }, signal);
    for (const folder of level.folders.slice(0, FOLDERS_MAX)) {
      if (budget.isSpent) return;
      // Also what lies within an archive that is known: its folders are those of time.
      if (known.some((one) => `${bucket}/${folder}`.startsWith(one))) continue;
      const source = sourceIn(connection, delivery, folder);
      const layout = await probeLayout(budget.store, source, signal);
      if (layout !== null) archives.push(besideOf(delivery, source));
      else if (depth < DEPTH_MAX) await lookInto(delivery, folder, depth + 1);
    }
  }

  const byBucket = new Map(deliveries.map((delivery) => [delivery.bucket, delivery]));
  for (const delivery of byBucket.values()) {
    try {
      await lookInto(delivery, '', 1);
    } catch (error) {
      signal.throwIfAborted();
      gaps.push(gapOf(error));
    }
  }
  return { archives, gaps };
}

function sourceIn(connection: string, delivery: ArchiveDelivery, prefix: string) {
  return {
    connection,
    bucket: delivery.bucket,
    prefix,
    timeZone: 'UTC',
    paddingMs: delivery.bufferIntervalMs ?? 0,
  };
}

function besideOf(delivery: ArchiveDelivery, source: FoundArchive['source']): FoundArchive {
  const { deliveryStream, sourceStreamArn } = delivery;
  const streamName = sourceStreamArn === null ? null : parseStreamArn(sourceStreamArn)?.streamName;
  const isNamedSo = source.prefix.split('/').includes(streamName ?? '');
  return {
    how: { kind: 'beside', deliveryStream },
    source,
    sourceStreamArn: isNamedSo ? sourceStreamArn : null,
    isSourceSure: false,
    bufferIntervalMs: null,
    bufferBytes: null,
    compressionTold: null,
    formatTold: null,
    errorPrefix: null,
    notes: [
      `Nothing says who writes this: it lies beside the archive of ${deliveryStream}. Its time zone is taken to be UTC, and its buffer to be as long.`,
    ],
  };
}
