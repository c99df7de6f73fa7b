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
import type { ContainerFault, ContainerPart } from './container/container-part.ts';
import type { DecompressReport, StoredFault, StoredSpan } from './decompress/report.ts';
import { isContainer, type RecordFormat } from './format.ts';
import {
  type KeyRule,
  memberAskedFor,
  recoverKey,
  type Sha256,
  type Sha256Hex,
} from './key/recover-key.ts';
import { openerOf } from './payload/open-payload.ts';
import { bare, type Payload, type PayloadFault } from './payload/payload.ts';
import type { JsonSpan } from './split/json-bytes.ts';
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
export type QuarantineReason =
  | SplitFault
  | PayloadFault
  | AggregateFault
  | ContainerFault
  | StoredFault
  | 'no-key';

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

const NOTHING = new Uint8Array();

/** Digests, which the runtime has quicker than we could. */
export type Digests = {
  readonly md5: Md5;
  readonly sha256: Sha256;
  readonly sha256Hex: Sha256Hex;
};

/**
 * Makes records of one decompressed object, pushed in chunks or taken in parts of a container: splits, opens, takes aggregates apart and finds keys.
 * Outcomes have ordinals from 0 without a gap, and depend on the object and the plan alone. Throws nothing of its own.
 */
export class ObjectDecoder {
  readonly #plan: TransformPlan;
  readonly #digests: Digests;
  readonly #keyTools: { readonly object: ObjectVersion; readonly sha256Hex: Sha256Hex };
  /** null of containers, which are read apart. */
  readonly #splitter: Splitter | null;
  readonly #open: (bytes: Uint8Array) => Payload | PayloadFault;
  #framingBytes = 0;
  #trailingBytes = 0;
  #ordinal = 0;
  #recordBytes = 0;
  #quarantinedBytes = 0;

  constructor(plan: TransformPlan, object: ObjectVersion, digests: Digests) {
    this.#plan = plan;
    this.#digests = digests;
    this.#keyTools = { object, sha256Hex: digests.sha256Hex };
    const { format } = plan;
    this.#splitter = isContainer(format)
      ? null
      : splitterOf(format, plan.recordBytesMax, memberAskedFor(plan.key));
    this.#open = isContainer(format) ? bare : openerOf(format);
  }

  get ledger(): ByteLedger {
    return {
      record: this.#recordBytes,
      framing: this.#framingBytes + (this.#splitter?.framingBytes ?? 0),
      quarantined: this.#quarantinedBytes,
      trailing: this.#trailingBytes + (this.#splitter?.trailingBytes ?? 0),
    };
  }

  /** Of formats that are split. */
  push(chunk: Uint8Array): Outcome[] {
    return this.#outcomesOf(this.#splitter?.push(chunk) ?? []);
  }

  /** Of containers: what comes next in the object. */
  take(part: ContainerPart): Outcome[] {
    const outcomes: Outcome[] = [];
    if (part.kind === 'framing') this.#framingBytes += part.bytes;
    else if (part.kind === 'trailing') this.#trailingBytes += part.bytes;
    else if (part.kind === 'quarantined') {
      const bytes = part.bytes.subarray(0, this.#plan.recordBytesMax);
      this.#refuse({ ...part, bytes }, part.reason, outcomes);
      this.#quarantinedBytes += part.end - part.start;
    } else this.#takePayloads(part, outcomes);
    return outcomes;
  }

  /** @param fault why decompression broke off, if it did: the last of the outcomes then */
  end(fault: DecompressReport['fault']): Outcome[] {
    const last = this.#outcomesOf(this.#splitter?.end(fault === null) ?? []);
    if (fault === null) return last;
    const { record, framing, quarantined, trailing } = this.ledger;
    const end = record + framing + quarantined + trailing;
    const { reason, ...stored } = fault;
    const nothing = { start: end, end, bytes: NOTHING };
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

  #takePayloads(
    { payloads, start, end }: Extract<ContainerPart, { kind: 'payloads' }>,
    outcomes: Outcome[],
  ): void {
    let isAnyRecord = false;
    payloads.forEach((data, i) => {
      const sub = payloads.length === 1 ? null : i;
      const bytes = data === 'too-large' ? NOTHING : data;
      const isRecord =
        data === 'too-large'
          ? this.#refuse({ start, end, bytes }, data, outcomes, sub)
          : this.#decodePayload({ start, end, bytes }, { ...bare(data), sub }, outcomes);
      isAnyRecord = isRecord || isAnyRecord;
    });
    if (isAnyRecord) this.#recordBytes += end - start;
    else this.#quarantinedBytes += end - start;
  }

  /** @returns whether any record came of it */
  #decode(piece: Piece, outcomes: Outcome[]): boolean {
    if (piece.kind === 'quarantined') return this.#refuse(piece, piece.reason, outcomes);
    const payload = this.#open(piece.bytes);
    return typeof payload === 'string'
      ? this.#refuse(piece, payload, outcomes)
      : this.#decodePayload(piece, payload, outcomes, piece.member);
  }

  #decodePayload(
    piece: Span,
    payload: Payload,
    outcomes: Outcome[],
    member?: JsonSpan | null,
  ): boolean {
    if (payload.data.length > this.#plan.recordBytesMax) {
      return this.#refuse(piece, 'too-large', outcomes, payload.sub);
    }
    if (!this.#plan.deaggregates || !isAggregate(payload.data)) {
      return this.#take(piece, payload, outcomes, member);
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
  #take(piece: Span, payload: Payload, outcomes: Outcome[], member?: JsonSpan | null): boolean {
    const { data, partitionKey, explicitHashKey, origin, sub } = payload;
    const place = this.#placeOf(piece, sub);
    const archived: ArchivedRecord = { data, partitionKey, explicitHashKey, origin, place };
    const record = recoverKey(archived, this.#plan.key, this.#keyTools, member);
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
