import {
  type ArchiveDelivery,
  hasOtherFolders,
  literalPrefix,
} from '#lib/domain/replay/plan/archive-delivery.ts';
import { parseStreamArn } from '#lib/domain/stream-arn.ts';
import type { ArchiveGap, ArchivesFound, FoundArchive } from '#lib/replay/view/archive.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { findBeside } from './find-beside.ts';
import { type ArchiveContext, gapOf } from './open-archive.ts';

/** Firehose allows five calls a second, of which we take a fifth. */
const DESCRIBED_MAX = 20;
const DESCRIBED_MS_MAX = 15_000;

/** Firehose's own, where a delivery stream does not say ("Buffering hints"). */
const INTERVAL_MS_DEFAULT = 300_000;

/**
 * Archives of streams that the connection's account knows of: what delivery streams write, and what lies beside it in
 * the same buckets. What cannot be asked is a gap, not a failure.
 * @param input.streamName only what this stream is known, or may be, the source of; null: all
 * @throws ServiceError `not-found` for an unknown connection
 */
export async function findArchives(args: {
  ctx: ArchiveContext;
  input: { readonly connection: string; readonly streamName: string | null };
  signal: AbortSignal | undefined;
}): Promise<ArchivesFound> {
  const { connection, streamName } = args.input;
  const { aws } = args.ctx.aws.get(connection);
  const signal = args.signal ?? new AbortController().signal;
  const { deliveries, gaps } = await describeDeliveries(aws, streamName, signal);
  const told = deliveries.map((delivery) => archiveOf(connection, delivery));
  const beside = await findBeside(aws.archives, connection, deliveries, signal);
  const archives = [...told, ...beside.archives].filter(
    ({ sourceStreamArn }) =>
      streamName === null ||
      sourceStreamArn === null ||
      parseStreamArn(sourceStreamArn)?.streamName === streamName,
  );
  return {
    atMs: Date.now() + aws.clockSkewMs(),
    archives,
    gaps: [...gaps, ...beside.gaps],
  };
}

async function describeDeliveries(
  aws: Aws,
  streamName: string | null,
  signal: AbortSignal,
): Promise<{ deliveries: readonly ArchiveDelivery[]; gaps: readonly ArchiveGap[] }> {
  const deliveries: ArchiveDelivery[] = [];
  const endsAtMs = performance.now() + DESCRIBED_MS_MAX;
  try {
    const names = likelyFirst(await aws.consumers.listDeliveryStreams(signal), streamName);
    for (const [described, name] of names.entries()) {
      if (described === DESCRIBED_MAX || performance.now() > endsAtMs) {
        return { deliveries, gaps: [notDescribed(names.length - described)] };
      }
      deliveries.push(...(await aws.describeArchiveDeliveries(name, signal)));
    }
    return { deliveries, gaps: [] };
  } catch (error) {
    return { deliveries, gaps: [gapOf(error)] };
  }
}

/** Delivery streams mostly bear the name of what they read. */
function likelyFirst(names: readonly string[], streamName: string | null): readonly string[] {
  if (streamName === null) return names;
  const isLikely = (name: string) => Number(name.includes(streamName));
  return [...names].sort((a, b) => isLikely(b) - isLikely(a));
}

function notDescribed(count: number): ArchiveGap {
  return {
    words: `${count} more delivery streams were not looked at, since Firehose allows few calls a second. If yours is missing, say where its archive lies.`,
    deniedAction: null,
  };
}

function archiveOf(connection: string, delivery: ArchiveDelivery): FoundArchive {
  const { deliveryStream, deliveryStreamArn, status, errorPrefixExpression } = delivery;
  return {
    how: { kind: 'firehose', deliveryStream, deliveryStreamArn, status },
    source: {
      connection,
      bucket: delivery.bucket,
      prefix: literalPrefix(delivery.prefixExpression),
      timeZone: delivery.timeZone,
      paddingMs: delivery.bufferIntervalMs ?? INTERVAL_MS_DEFAULT,
    },
    sourceStreamArn: delivery.sourceStreamArn,
    isSourceSure: true,
    bufferIntervalMs: delivery.bufferIntervalMs,
    bufferBytes: delivery.bufferBytes,
    compressionTold: delivery.compression,
    formatTold: delivery.convertsTo ?? 'as sent',
    errorPrefix: errorPrefixExpression === null ? null : literalPrefix(errorPrefixExpression),
    notes: notesOf(delivery),
  };
}

function notesOf(delivery: ArchiveDelivery): readonly string[] {
  const { convertsTo, prefixExpression, status } = delivery;
  const notes: string[] = [];
  if (delivery.part === 'backup') {
    notes.push(
      'The backup of the delivery stream: records as they came, before anything changed them.',
    );
  }
  if (convertsTo !== null) {
    notes.push(
      `Records are converted to ${convertsTo === 'orc' ? 'ORC' : 'Parquet'}: what its schema lacks is gone, and payloads are written anew${convertsTo === 'orc' ? '. ORC cannot be replayed: convert it first' : ' as JSON'}.`,
    );
  }
  if (delivery.isTransformed) {
    notes.push('A Lambda function may change records on their way into this archive.');
  }
  if (delivery.isPartitioned || hasOtherFolders(prefixExpression)) {
    notes.push(
      'Folders are named by more than time, so objects are not in the order of time, and a window does not shorten their listing.',
    );
  }
  if (delivery.isDelimited) notes.push('Firehose writes a line end behind each record.');
  if (status !== 'ACTIVE') notes.push(`The delivery stream is ${status}, so nothing new may come.`);
  return notes;
}
