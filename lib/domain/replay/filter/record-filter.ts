import { type ObjectVersion, type ReplayRecord, recordId } from '#lib/domain/replay/record.ts';
import type { Sha256 } from '#lib/domain/replay/transform/key/recover-key.ts';
import { textHash } from '#lib/domain/reshard/text-hash.ts';
import type { Dedup, FilterPlan, Sampling, TimeWindow } from './filter-plan.ts';
import { FingerprintWindow } from './fingerprint-window.ts';

/** Why a record is not sent. */
type DropReason =
  | 'outside-window'
  | 'unknown-time'
  | 'other-key'
  | 'not-sampled'
  | 'expression'
  | 'duplicate';

/** What becomes of a record. `failed`: the expression could not be worked out for it, which is neither yes nor no. */
export type Verdict =
  | { readonly kind: 'kept' }
  | { readonly kind: 'dropped'; readonly reason: DropReason }
  | { readonly kind: 'failed'; readonly message: string };

/** An expression that a person wrote, compiled: a port, so that its language is a library's business. */
export type RecordExpression = (
  record: ReplayRecord,
  object: ObjectVersion,
) => boolean | { readonly message: string };

const KEPT: Verdict = { kind: 'kept' };

/**
 * The second stage of a replay. Each record gets one verdict, from the cheapest question to the dearest; what is
 * dropped takes no room among those that duplicates are looked for in. Without `dedup` a verdict depends on the record
 * alone; with it, on the records before, of which a filter that begins anew knows none. A record that is judged again,
 * since its object had to be read again, is no duplicate of itself.
 */
export class RecordFilter {
  readonly #plan: FilterPlan;
  readonly #keys: ReadonlySet<string> | null;
  readonly #expression: RecordExpression | null;
  readonly #sha256: Sha256;
  readonly #seen: FingerprintWindow | null;

  constructor(
    plan: FilterPlan,
    tools: { readonly sha256: Sha256; readonly expression: RecordExpression | null },
  ) {
    this.#plan = plan;
    this.#keys = plan.partitionKeys === null ? null : new Set(plan.partitionKeys);
    this.#expression = tools.expression;
    this.#sha256 = tools.sha256;
    this.#seen = plan.dedup === null ? null : new FingerprintWindow(plan.dedup.capacity);
  }

  judge(record: ReplayRecord, object: ObjectVersion): Verdict {
    const { window, sampling } = this.#plan;
    const late = window === null ? null : outsideOf(window, record.origin.arrivalMs);
    if (late !== null) return { kind: 'dropped', reason: late };
    if (this.#keys?.has(record.partitionKey) === false)
      return { kind: 'dropped', reason: 'other-key' };
    if (sampling !== null && !isSampled(sampling, record, object)) {
      return { kind: 'dropped', reason: 'not-sampled' };
    }
    const wanted = this.#expression?.(record, object) ?? true;
    if (typeof wanted !== 'boolean') return { kind: 'failed', message: wanted.message };
    if (!wanted) return { kind: 'dropped', reason: 'expression' };
    return this.#isDuplicate(record, object) ? { kind: 'dropped', reason: 'duplicate' } : KEPT;
  }

  #isDuplicate(record: ReplayRecord, object: ObjectVersion): boolean {
    const { dedup } = this.#plan;
    if (dedup === null || this.#seen === null) return false;
    const identity = identityOf(record, object, dedup);
    return (
      identity !== null && this.#seen.remember(this.#sha256(identity), placeWord(record, object))
    );
  }
}

function outsideOf(window: TimeWindow, arrivalMs: number | null): DropReason | null {
  if (arrivalMs === null) return window.unknownTime === 'drop' ? 'unknown-time' : null;
  return arrivalMs < window.fromMs || arrivalMs >= window.toMs ? 'outside-window' : null;
}

function isSampled({ share, by }: Sampling, record: ReplayRecord, object: ObjectVersion): boolean {
  const of = by === 'key' ? record.partitionKey : recordId(record, object);
  // 52 of the 64 bits, which are a fraction without rounding.
  return Number.parseInt(textHash(['sample', of]).slice(0, 13), 16) / 2 ** 52 < share;
}

/** 32 bits of where a record is. */
function placeWord({ place }: ReplayRecord, { bucket, key, etag }: ObjectVersion): number {
  return Number.parseInt(textHash([bucket, key, etag, String(place.ordinal)]).slice(0, 8), 16);
}

/** What two copies of a record have in common; null where the record has no such thing. */
function identityOf(record: ReplayRecord, object: ObjectVersion, { by }: Dedup): Uint8Array | null {
  const utf8 = new TextEncoder();
  if (by === 'sequence-number') {
    return record.origin.sequenceNumber === null ? null : utf8.encode(recordId(record, object));
  }
  const key = utf8.encode(record.partitionKey);
  const identity = new Uint8Array(2 + key.length + record.data.length);
  // The key's length in front: where the key ends and the payload begins is part of what they are.
  new DataView(identity.buffer).setUint16(0, key.length);
  identity.set(key, 2);
  identity.set(record.data, 2 + key.length);
  return identity;
}
