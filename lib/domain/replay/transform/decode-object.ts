import type {
  ArchivedRecord,
  ObjectVersion,
  RecordPlace,
  ReplayRecord,
} from '#lib/domain/replay/record.ts';
import {
  type AggregateFault,
  deaggregate,
  isAggregate,
  type Md5,
} from './aggregate/deaggregate.ts';
import type { DecompressReport, StoredFault, StoredSpan } from './decompress/report.ts';
import type { RecordFormat } from './format.ts';
import { type KeyRule, recoverKey, type Sha256, type Sha256Hex } from './key/recover-key.ts';
import { openerOf } from './payload/open-payload.ts';
import type { Payload, PayloadFault } from './payload/payload.ts';
import type { Piece, SplitFault, Splitter } from './split/piece.ts';
import { splitterOf } from './split/splitter-of.ts';

/** How objects become records. Part of what a person approves: another plan gives the same object other places. */
export type TransformPlan = {
  readonly format: RecordFormat;
  /** Take aggregates of the KPL apart. */
  readonly deaggregates: boolean;
  readonly key: KeyRule;
  /** Payloads above are quarantined, and not held in memory. */
  readonly recordBytesMax: number;
};

/** Why a part of an object is in quarantine. */
export type QuarantineReason = SplitFault | PayloadFault | AggregateFault | StoredFault | 'no-key';

export type QuarantinedPart = {
  readonly kind: 'quarantined';
  readonly reason: QuarantineReason;
  readonly place: RecordPlace;
  /** What lies at the place, decompressed; of what is too large only the beginning. */
  readonly bytes: Uint8Array;
  /** Of what could not be decompressed: where it is stored. Then its place is empty, behind all that could. */
  readonly stored: StoredSpan | null;
};

/** What became of a part of an object. */
export type Outcome = { readonly kind: 'record'; readonly record: ReplayRecord } | QuarantinedPart;

/** Every byte of a decompressed object, once. A piece of which any record came is a record's. */
export type ByteLedger = {
  readonly record: number;
  readonly framing: number;
  readonly quarantined: number;
  readonly trailing: number;
};

type Span = Pick<Piece, 'start' | 'end' | 'bytes'>;

/** Digests, which the runtime has quicker than we could. */
export type Digests = {
  readonly md5: Md5;
  readonly sha256: Sha256;
  readonly sha256Hex: Sha256Hex;
};

/**
 * Makes records of one decompressed object, pushed in chunks: splits, opens, takes aggregates apart and finds keys.
 * Outcomes have ordinals from 0 without a gap, and depend on the object and the plan alone. Throws nothing of its own.
 */
export class ObjectDecoder {
  readonly #plan: TransformPlan;
  readonly #digests: Digests;
  readonly #keyTools: { readonly object: ObjectVersion; readonly sha256Hex: Sha256Hex };
  readonly #splitter: Splitter;
  readonly #open: (bytes: Uint8Array) => Payload | PayloadFault;
  #ordinal = 0;
  #recordBytes = 0;
  #quarantinedBytes = 0;

  constructor(plan: TransformPlan, object: ObjectVersion, digests: Digests) {
    this.#plan = plan;
    this.#digests = digests;
    this.#keyTools = { object, sha256Hex: digests.sha256Hex };
    this.#splitter = splitterOf(plan.format, plan.recordBytesMax);
    this.#open = openerOf(plan.format);
  }

  get ledger(): ByteLedger {
    return {
      record: this.#recordBytes,
      framing: this.#splitter.framingBytes,
      quarantined: this.#quarantinedBytes,
      trailing: this.#splitter.trailingBytes,
    };
  }

  push(chunk: Uint8Array): Outcome[] {
    return this.#outcomesOf(this.#splitter.push(chunk));
  }

  /** @param fault why decompression broke off, if it did: the last of the outcomes then */
  end(fault: DecompressReport['fault']): Outcome[] {
    const last = this.#outcomesOf(this.#splitter.end(fault === null));
    if (fault === null) return last;
    const { record, framing, quarantined, trailing } = this.ledger;
    const end = record + framing + quarantined + trailing;
    const { reason, ...stored } = fault;
    const nothing = { start: end, end, bytes: new Uint8Array() };
    return [...last, { ...this.#quarantine(nothing, reason), stored }];
  }

  #outcomesOf(pieces: readonly Piece[]): Outcome[] {
    const outcomes: Outcome[] = [];
    for (const piece of pieces) {
      const bytes = piece.end - piece.start;
      if (this.#decode(piece, outcomes)) this.#recordBytes += bytes;
      else this.#quarantinedBytes += bytes;
    }
    return outcomes;
  }

  /** @returns whether any record came of it */
  #decode(piece: Piece, outcomes: Outcome[]): boolean {
    if (piece.kind === 'quarantined') return this.#refuse(piece, piece.reason, outcomes);
    const payload = this.#open(piece.bytes);
    if (typeof payload === 'string') return this.#refuse(piece, payload, outcomes);
    if (payload.data.length > this.#plan.recordBytesMax) {
      return this.#refuse(piece, 'too-large', outcomes);
    }
    if (!this.#plan.deaggregates || !isAggregate(payload.data)) {
      return this.#take(piece, payload, outcomes);
    }
    const records = deaggregate(payload.data, this.#digests.md5);
    if (typeof records === 'string') return this.#refuse(piece, records, outcomes);
    let isAnyRecord = false;
    records.forEach((record, sub) => {
      isAnyRecord = this.#take(piece, { ...payload, ...record, sub }, outcomes) || isAnyRecord;
    });
    return isAnyRecord;
  }

  /** @returns whether it is a record: it may have no key */
  #take(piece: Piece, payload: Payload, outcomes: Outcome[]): boolean {
    const { data, partitionKey, explicitHashKey, origin, sub } = payload;
    const place = this.#placeOf(piece, sub);
    const archived: ArchivedRecord = { data, partitionKey, explicitHashKey, origin, place };
    const record = recoverKey(archived, this.#plan.key, this.#keyTools);
    if (record === null) return this.#refuse(piece, 'no-key', outcomes, sub);
    this.#ordinal += 1;
    outcomes.push({ kind: 'record', record });
    return true;
  }

  #refuse(
    piece: Span,
    reason: QuarantineReason,
    outcomes: Outcome[],
    sub: number | null = null,
  ): false {
    outcomes.push(this.#quarantine(piece, reason, sub));
    return false;
  }

  #quarantine(piece: Span, reason: QuarantineReason, sub: number | null = null): QuarantinedPart {
    const place = this.#placeOf(piece, sub);
    this.#ordinal += 1;
    return { kind: 'quarantined', reason, place, bytes: piece.bytes, stored: null };
  }

  #placeOf({ start, end }: Span, sub: number | null): RecordPlace {
    return { ordinal: this.#ordinal, start, end, sub };
  }
}
