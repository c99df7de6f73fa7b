import type { FilterPlan } from '#lib/domain/replay/filter/filter-plan.ts';
import { RecordFilter } from '#lib/domain/replay/filter/record-filter.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource, ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { Outcome } from '#lib/domain/replay/transform/decode-object.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { isReadWhole } from '#lib/domain/replay/transform/format.ts';
import { transformObject } from '#lib/domain/replay/transform/transform-object.ts';
import type { LookedObject, SampleView } from '#lib/replay/view/archive-sample.ts';
import type { WalkedObject } from '#server/aws/archive-walk.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';
import { compileExpression } from '#server/replay/record-expression.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { callBudget } from './call-budget.ts';
import { decodeHead, type HeadRead, type ObjectHead, once, readHead } from './object-head.ts';
import { type ArchiveContext, type OpenArchive, openArchive } from './open-archive.ts';
import { pickObjects } from './pick-objects.ts';
import { SampleTally } from './sample-tally.ts';

const OBJECTS = 4;
const LIMITS = { callsMax: 30, msMax: 8_000 };
/** Of each object. An expression may take 30 us a record, for which all else waits. */
const STORED_BYTES_MAX = 524_288;
/** Of objects of which the beginning says nothing. */
const WHOLE_BYTES_MAX = 16 * 1_048_576;
const DECODED_BYTES_MAX = 1_048_576;
const RECORDS_MAX = 1_000;
const ROWS_MAX = 20;

type Transform = ReplaySettings['transform'];

/**
 * What a draft makes of the beginnings of some objects that lie evenly over its window: records beside the bytes that
 * they were made of, what the filter says of each, and where their keys come from.
 * @throws ServiceError `invalid` for an expression that cannot be used; AwsFailure where S3 refuses
 */
export async function sampleArchive(args: {
  ctx: ArchiveContext;
  input: {
    readonly source: ArchiveSource;
    readonly window: TimeSpan | null;
    readonly transform: Transform;
    readonly filter: FilterPlan;
    readonly expression: string | null;
  };
  signal: AbortSignal | undefined;
}): Promise<SampleView> {
  const { source, window, transform, filter, expression } = args.input;
  const archive = openArchive(args.ctx, source);
  const judge = new RecordFilter(filter, {
    sha256: NODE_DIGESTS.sha256,
    expression: expression === null ? null : usable(expression),
  });
  const atMs = archive.nowMs();
  const signal = args.signal ?? new AbortController().signal;
  const budget = callBudget(archive.store, LIMITS);
  const counted = { ...archive, store: budget.store };
  const picked = await pickObjects(counted, { window, count: OBJECTS }, budget, signal);
  const reads = await Promise.all(
    picked.map((object) => readSample(archive, object, transform, signal)),
  );
  const tally = new SampleTally(judge, Math.ceil(ROWS_MAX / Math.max(picked.length, 1)));
  const objects: LookedObject[] = [];
  for (const read of reads) {
    if (!read.ok) {
      objects.push(read.looked);
      continue;
    }
    const { object } = read.head;
    const decoded = await outcomesOf(read.head, source.bucket, transform);
    tally.add({ bucket: source.bucket, ...object }, decoded);
    objects.push({
      key: object.key,
      storedBytes: object.bytes,
      readBytes: decoded.storedBytes,
      words: transform.compression === 'none' ? 'not compressed' : transform.compression,
      isFaulty: decoded.outcomes.every(({ kind }) => kind === 'quarantined'),
    });
  }
  return { atMs, objects, ...tally.view(), problem: problemOf(objects, tally.records) };
}

/** What is looked into of an object: its beginning, or all of it where that is what the format takes. */
async function readSample(
  archive: OpenArchive,
  object: WalkedObject,
  { format }: Transform,
  signal: AbortSignal,
): Promise<HeadRead> {
  if (!isReadWhole(format)) return readHead(archive, object, STORED_BYTES_MAX, signal);
  const { key, bytes: storedBytes } = object;
  if (storedBytes <= WHOLE_BYTES_MAX) return readHead(archive, object, WHOLE_BYTES_MAX, signal);
  const words = `Has more than the ${WHOLE_BYTES_MAX / 1_048_576} MiB up to which such files are looked into. A replay reads it all the same.`;
  return { ok: false, looked: { key, storedBytes, readBytes: 0, words, isFaulty: true } };
}

function usable(expression: string) {
  const compiled = compileExpression(expression);
  if (compiled.ok) return compiled.expression;
  const { line, column, words } = compiled.fault;
  const place = line === null ? '' : ` (line ${line}, column ${column})`;
  throw new ServiceError('invalid', `The expression cannot be used${place}: ${words}`);
}

export type DecodedHead = {
  readonly outcomes: readonly Outcome[];
  /** What the places of outcomes are in. */
  readonly bytes: Uint8Array;
  /** Of the object, what the outcomes were made of: figures are scaled up by it. */
  readonly storedBytes: number;
};

/** The record in the middle of which a head ends says nothing, and is left out. */
async function outcomesOf(
  head: ObjectHead,
  bucket: string,
  transform: Transform,
): Promise<DecodedHead> {
  const { key, etag, bytes: storedBytes } = head.object;
  const { bytes, isWhole, usedBytes } = await decodeHead(
    head,
    transform.compression,
    DECODED_BYTES_MAX,
  );
  const tools = { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits: DECOMPRESS_LIMITS };
  // All of an object goes the way that a replay goes, so that its faults are those of the replay.
  const stages = head.isWhole
    ? transformObject(once(head.bytes), { bucket, key, etag, storedBytes }, transform, tools)
    : transformObject(
        once(bytes),
        { bucket, key, etag, storedBytes: bytes.length },
        { ...transform, compression: 'none' },
        tools,
      );
  const outcomes: Outcome[] = [];
  for await (const some of stages) {
    outcomes.push(...some);
    if (outcomes.length > RECORDS_MAX) break;
  }
  const isCutOff = (one: Outcome) =>
    one.kind === 'quarantined' && !head.isWhole && !isWhole && one.place.end === bytes.length;
  const kept = outcomes.slice(0, RECORDS_MAX).filter((one) => !isCutOff(one));
  const isAll = head.isWhole && kept.length === outcomes.length;
  const share = bytes.length === 0 ? 1 : endOf(kept.at(-1)) / bytes.length;
  return {
    // Rows have no bytes of their own that could be shown.
    bytes: isReadWhole(transform.format) ? new Uint8Array() : bytes,
    outcomes: kept,
    storedBytes: isAll
      ? head.bytes.length
      : Math.min(head.bytes.length, Math.round(usedBytes * share)),
  };
}

/** Where in the decompressed object it ends. */
function endOf(last: Outcome | undefined): number {
  if (last === undefined) return 0;
  return last.kind === 'record' ? last.record.place.end : last.place.end;
}

function problemOf(objects: readonly LookedObject[], records: number): string | null {
  if (objects.length === 0) {
    return 'No object with anything in it was found in this window. Choose another one, or look whether bucket and prefix are right.';
  }
  if (objects.every(({ readBytes }) => readBytes === 0)) {
    return 'None of the objects that were looked at can be read: see what is said of each.';
  }
  return records === 0
    ? 'No record came out of these objects: see whether compression and format are right.'
    : null;
}
