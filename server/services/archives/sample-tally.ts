import { hashKeyOf } from '#lib/domain/hash-key-of.ts';
import type { RecordFilter, Verdict } from '#lib/domain/replay/filter/record-filter.ts';
import type { ObjectVersion, RecordPlace, ReplayRecord } from '#lib/domain/replay/record.ts';
import type { Outcome, QuarantinedPart } from '#lib/domain/replay/transform/decode-object.ts';
import { KeyCandidates } from '#lib/domain/replay/transform/key/key-candidates.ts';
import { KeyTally } from '#lib/domain/replay/transform/key/key-tally.ts';
import { quarantineWords } from '#lib/replay/quarantine-words.ts';
import { dropWords } from '#lib/replay/verdict-words.ts';
import type {
  KeySummary,
  PlaceView,
  SampledQuarantine,
  SampledRecord,
  SampleView,
  VerdictView,
} from '#lib/replay/view/archive-sample.ts';
import { pathText } from '#lib/replay/wizard/path-field.ts';
import { readableBytes } from './readable-bytes.ts';
import type { DecodedHead } from './sample-archive.ts';

/** Payloads that are searched for places of keys, of one object: finding all of their members is dear. */
const SEARCHED_MAX = 250;
const CANDIDATES_MAX = 20;

/** Made up, where none was found: they say nothing of the archive. */
const MADE_UP: ReadonlySet<ReplayRecord['keySource']> = new Set([
  'payload-hash',
  'place-hash',
  'constant',
]);

/** Takes in what came of some objects, keeping the first rows of each. */
export class SampleTally {
  readonly #filter: RecordFilter;
  readonly #rowsPerObject: number;
  readonly #rows: (SampledRecord | SampledQuarantine)[] = [];
  readonly #keys = new KeyTally();
  readonly #candidates = new KeyCandidates();
  readonly #dropped = new Map<Extract<Verdict, { kind: 'dropped' }>['reason'], number>();
  #records = 0;
  #quarantined = 0;
  #kept = 0;
  #keptBytes = 0;
  #failed = 0;

  constructor(filter: RecordFilter, rowsPerObject: number) {
    this.#filter = filter;
    this.#rowsPerObject = rowsPerObject;
  }

  get records(): number {
    return this.#records;
  }

  add(object: ObjectVersion, { outcomes, bytes }: DecodedHead): void {
    for (const [n, outcome] of outcomes.entries()) {
      this.#keys.add(outcome);
      const verdict = outcome.kind === 'record' ? this.#judge(outcome.record, object, n) : null;
      if (verdict === null) this.#quarantined += 1;
      if (n < this.#rowsPerObject) this.#rows.push(rowOf(outcome, verdict, object, bytes));
    }
  }

  view(): Pick<SampleView, 'rows' | 'totals' | 'keys'> {
    return {
      rows: this.#rows,
      totals: {
        records: this.#records,
        quarantined: this.#quarantined,
        kept: this.#kept,
        dropped: [...this.#dropped]
          .map(([reason, records]) => ({ reason, words: dropWords(reason), records }))
          .sort((a, b) => b.records - a.records),
        failed: this.#failed,
        keptBytes: this.#keptBytes,
      },
      keys: this.#summary(),
    };
  }

  #judge(record: ReplayRecord, object: ObjectVersion, n: number): Verdict {
    this.#records += 1;
    if (n < SEARCHED_MAX) this.#candidates.add(record.data);
    const verdict = this.#filter.judge(record, object);
    switch (verdict.kind) {
      case 'kept':
        this.#kept += 1;
        this.#keptBytes += record.data.length + Buffer.byteLength(record.partitionKey);
        break;
      case 'dropped':
        this.#dropped.set(verdict.reason, (this.#dropped.get(verdict.reason) ?? 0) + 1);
        break;
      case 'failed':
        this.#failed += 1;
    }
    return verdict;
  }

  #summary(): KeySummary {
    const { records, bySource, withoutKey, differentKeys, areAllCounted, largest } =
      this.#keys.findings();
    const sources = (Object.entries(bySource) as [ReplayRecord['keySource'], number][])
      .map(([source, count]) => ({ source, records: count }))
      .sort((a, b) => b.records - a.records);
    const hits = sources
      .filter(({ source }) => !MADE_UP.has(source))
      .reduce((sum, one) => sum + one.records, 0);
    return {
      records,
      withoutKey,
      hitShare: records === 0 ? null : hits / records,
      bySource: sources,
      differentKeys,
      areAllCounted,
      largest: largest === null ? null : { ...largest, share: largest.records / records },
      candidates: this.#candidates
        .ranked()
        .slice(0, CANDIDATES_MAX)
        .map((candidate) => ({ ...candidate, text: pathText(candidate.path) })),
    };
  }
}

function rowOf(
  outcome: Outcome,
  verdict: Verdict | null,
  object: ObjectVersion,
  bytes: Uint8Array,
): SampledRecord | SampledQuarantine {
  if (outcome.kind === 'quarantined') return quarantineOf(outcome, object);
  const { record } = outcome;
  const { origin, place, partitionKey, keySource, explicitHashKey } = record;
  return {
    kind: 'record',
    place: placeOf(place, object),
    arrivalMs: origin.arrivalMs,
    shardId: origin.shardId,
    sequenceNumber: origin.sequenceNumber?.toString() ?? null,
    partitionKey,
    keySource,
    explicitHashKey: explicitHashKey?.toString() ?? null,
    hashKey: (explicitHashKey ?? hashKeyOf(partitionKey)).toString(),
    payload: readableBytes(record.data),
    raw: readableBytes(bytes.subarray(place.start, place.end)),
    verdict: verdict === null ? { kind: 'kept' } : verdictOf(verdict),
  };
}

function quarantineOf(part: QuarantinedPart, object: ObjectVersion): SampledQuarantine {
  const { title, what, todo } = quarantineWords(part.reason);
  return {
    kind: 'quarantined',
    place: placeOf(part.place, object),
    title,
    words: `${what} ${todo}`,
    raw: readableBytes(part.bytes),
  };
}

function placeOf({ ordinal, start, end, sub }: RecordPlace, { key }: ObjectVersion): PlaceView {
  return { objectKey: key, ordinal, start, end, sub };
}

function verdictOf(verdict: Verdict): VerdictView {
  switch (verdict.kind) {
    case 'kept':
      return verdict;
    case 'dropped':
      return { ...verdict, words: dropWords(verdict.reason) };
    case 'failed':
      return { kind: 'failed', words: verdict.message };
  }
}
