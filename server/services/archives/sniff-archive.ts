import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { containerOf } from '#lib/domain/replay/transform/sniff/container.ts';
import { type FormatGuess, sniffFormat } from '#lib/domain/replay/transform/sniff/sniff-format.ts';
import type { Sample } from '#lib/domain/replay/transform/sniff/trial.ts';
import type { FormatGuessView, LookedObject, SniffView } from '#lib/replay/view/archive-sample.ts';
import { callBudget } from './call-budget.ts';
import { decodeHead, type ObjectHead, readHead } from './object-head.ts';
import { type ArchiveContext, openArchive } from './open-archive.ts';
import { pickObjects } from './pick-objects.ts';

const OBJECTS = 3;
const LIMITS = { callsMax: 30, msMax: 8_000 };
/** Each format is tried on all of it. */
const STORED_BYTES_MAX = 262_144;
const DECODED_BYTES_MAX = 262_144;

/**
 * What the first, the middle and the last object of a window seem to be, by their beginnings.
 * @throws ServiceError; AwsFailure where S3 refuses, which names the permission
 */
export async function sniffArchive(args: {
  ctx: ArchiveContext;
  input: { readonly source: ArchiveSource; readonly window: TimeSpan | null };
  signal: AbortSignal | undefined;
}): Promise<SniffView> {
  const { source, window } = args.input;
  const archive = openArchive(args.ctx, source);
  const atMs = archive.nowMs();
  const signal = args.signal ?? new AbortController().signal;
  const budget = callBudget(archive.store, LIMITS);
  const counted = { ...archive, store: budget.store };
  const picked = await pickObjects(counted, { window, count: OBJECTS }, budget, signal);
  const reads = await Promise.all(
    picked.map((object) => readHead(archive, object, STORED_BYTES_MAX, signal)),
  );
  const looks = reads.map((read) => (read.ok ? lookAt(read.head) : read.looked));
  const objects = looks.map(({ key, storedBytes, readBytes, words, isFaulty }) => {
    return { key, storedBytes, readBytes, words, isFaulty };
  });
  const readable = looks.filter((look): look is Readable => 'head' in look);
  const compressions = new Set(readable.map(({ compression }) => compression));
  const samples: Sample[] = await Promise.all(
    readable.map(async ({ key, head, compression }) => {
      const decoded = await decodeHead(head, compression, DECODED_BYTES_MAX);
      return { objectKey: key, ...decoded };
    }),
  );
  const guesses = sniffFormat(samples).map(viewOf);
  const [compression = null] = compressions;
  return {
    atMs,
    objects,
    compression: compressions.size === 1 ? compression : null,
    guesses,
    problem: problemOf(objects, compressions.size, guesses.length),
  };
}

type Readable = LookedObject & {
  readonly head: ObjectHead;
  readonly compression: NonNullable<SniffView['compression']>;
};

function lookAt(head: ObjectHead): LookedObject | Readable {
  const { key, bytes: storedBytes } = head.object;
  const looked = { key, storedBytes, readBytes: head.bytes.length };
  const container = containerOf(head.bytes);
  if (container.kind === 'unreadable') {
    const words = `${container.format}, which has to be converted before it can be replayed.`;
    return { ...looked, words, isFaulty: true };
  }
  const { compression } = container;
  const words = compression === 'none' ? 'not compressed' : compression;
  return { ...looked, words, isFaulty: false, head, compression };
}

function viewOf({ name, format, confidence, trials }: FormatGuess): FormatGuessView {
  const sum = (figure: 'records' | 'faults' | 'withPartitionKey' | 'withArrival' | 'aggregates') =>
    trials.reduce((total, trial) => total + trial[figure], 0);
  const [records, faults, withPartitionKey] = [
    sum('records'),
    sum('faults'),
    sum('withPartitionKey'),
  ];
  const fits = `${records.toLocaleString('en-US')} records of ${trials.length} ${trials.length === 1 ? 'object' : 'objects'} fit`;
  const faulty = faults === 0 ? '' : `, ${faults.toLocaleString('en-US')} parts do not`;
  const keys =
    withPartitionKey === 0
      ? 'none has a partition key'
      : withPartitionKey === records
        ? 'each has its partition key'
        : `${withPartitionKey.toLocaleString('en-US')} have a partition key`;
  // A container is told by its first bytes: what is in it shows when it is decoded.
  const words =
    trials.length === 0
      ? 'Each object begins as such files do; the sample shows what is in them.'
      : `${fits}${faulty}; ${keys}.`;
  return {
    name,
    format,
    confidence,
    words,
    records,
    faults,
    withPartitionKey,
    withArrival: sum('withArrival'),
    aggregates: sum('aggregates'),
  };
}

function problemOf(
  objects: readonly LookedObject[],
  compressions: number,
  guesses: number,
): string | null {
  if (objects.length === 0) {
    return 'No object with anything in it was found in this window. Choose another one, or look whether bucket and prefix are right.';
  }
  if (objects.every(({ isFaulty }) => isFaulty)) {
    return 'None of the objects that were looked at can be read: see what is said of each.';
  }
  if (compressions > 1) {
    return 'The objects are compressed in different ways. Choose a window in which they are alike, and replay the rest by itself.';
  }
  return guesses === 0
    ? 'No format that is known fits these objects. If you know how records lie in them, choose it; the sample shows what comes of it.'
    : null;
}
