import { hashKey } from '#lib/domain/hash-key.ts';
import { type HashRange, hashRange } from '#lib/domain/hash-range.ts';
import type { Batch } from '#lib/domain/replay/buffer/send-buffer.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { NO_LIMIT } from '#lib/domain/replay/emit/caps.ts';
import type { Outcome, RequestAnswer } from '#lib/domain/replay/emit/outcome.ts';
import { Pacer } from '#lib/domain/replay/emit/pacer.ts';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { StoredCaps } from '#server/db/replay/stored.ts';
import { SentBook } from './sent-book.ts';

export type Heard = {
  readonly batch: Batch<Sendable>;
  readonly answer: RequestAnswer;
  readonly outcome: Outcome<Sendable>;
  /** Of the batch's placement. */
  readonly shardIds: readonly ShardId[];
};

export type SharedTargetNews = {
  readonly ordersChanged: () => void;
  /** Records went to other shards than was predicted. */
  readonly strayed: () => void;
};

/**
 * The target of a run as all its slices in this process share it: its shards, the rates that hold for all of them, and
 * whether anything may be sent at all. Times are of the steady clock of this process.
 */
export class SharedTarget {
  readonly pacer: Pacer;
  readonly sent = new SentBook();
  readonly #onNews: SharedTargetNews;
  #ranges: readonly HashRange[];
  #shardIds: readonly ShardId[];
  #pace: PaceSettings;
  #paceRevision: number;
  #capsUntilMs: number;
  #liveUntilMs: number | null = null;
  #partUntilMs = Number.NEGATIVE_INFINITY;
  #dbAheadMs = 0;
  isRunning = true;

  constructor(
    from: { readonly caps: StoredCaps; readonly pace: PaceSettings; readonly paceRevision: number },
    until: { readonly capsUntilMs: number },
    onNews: SharedTargetNews,
  ) {
    const nowMs = performance.now();
    this.#onNews = onNews;
    this.#ranges = rangesOf(from.caps);
    this.#shardIds = from.caps.shards.map(({ shardId }) => shardId);
    this.#pace = from.pace;
    this.#paceRevision = from.paceRevision;
    this.#capsUntilMs = until.capsUntilMs;
    this.pacer = new Pacer({
      pace: from.pace.pace,
      shards: from.caps.shards,
      total: from.pace.totalCap ?? NO_LIMIT,
      // Begun as if all had just been taken, which may be so: this process, or one before it, sent a moment ago.
      part: 1,
      startMs: nowMs,
    });
    this.pacer.setPart(0);
    this.#yieldToOthers(from.caps, nowMs);
  }

  get shards(): readonly HashRange[] {
    return this.#ranges;
  }

  get shardIds(): readonly ShardId[] {
    return this.#shardIds;
  }

  /** Without caps that somebody looks after, and a share that has not run out, nothing is sent. */
  get maySend(): boolean {
    const nowMs = performance.now();
    return this.isRunning && nowMs < this.#capsUntilMs && nowMs < this.#partUntilMs;
  }

  /** A longer pause of the archive is played as one of this length. */
  get idleGapMs(): number {
    return this.#pace.idleGapMs;
  }

  /** The database's clock, epoch milliseconds. */
  get dbNowMs(): number {
    return performance.now() + this.#dbAheadMs;
  }

  /** @param atMs on the steady clock, when the database's was `dbNowMs` */
  setClock(dbNowMs: number, atMs: number): void {
    this.#dbAheadMs = dbNowMs - atMs;
  }

  /** @param untilMs on the steady clock, when this part may not be used any more */
  setPart(part: number, untilMs: number): void {
    this.#partUntilMs = untilMs;
    this.pacer.setPart(part);
  }

  setPace(pace: PaceSettings, revision: number): void {
    if (revision === this.#paceRevision) return;
    this.#paceRevision = revision;
    this.#pace = pace;
    this.pacer.setPace(this.#pace.pace, performance.now());
    this.pacer.setTotal(this.#pace.totalCap ?? NO_LIMIT);
  }

  keepCapsUntil(untilMs: number): void {
    this.#capsUntilMs = untilMs;
  }

  /** @returns whether the target has other shards now */
  setCaps(caps: StoredCaps): boolean {
    const nowMs = performance.now();
    const shardIds = caps.shards.map(({ shardId }) => shardId);
    const isResharded = shardIds.join() !== this.#shardIds.join();
    if (isResharded) {
      this.#ranges = rangesOf(caps);
      this.#shardIds = shardIds;
    }
    this.pacer.setShards(caps.shards, nowMs);
    this.#yieldToOthers(caps, nowMs);
    return isResharded;
  }

  /** The run was found in a state, or with a failure, in which nothing may be sent. */
  ordersChanged(): void {
    this.#onNews.ordersChanged();
  }

  heard({ batch, answer, outcome, shardIds }: Heard): void {
    const nowMs = performance.now();
    for (const shardId of outcome.throttledShards) {
      this.pacer.refused(shardId, nowMs, Math.random());
    }
    for (const shardId of outcome.willingShards) this.pacer.taken(shardId);
    this.#note({ batch, answer, outcome, shardIds });
    if (outcome.strayed > 0) this.#onNews.strayed();
  }

  #note({ batch, answer, outcome, shardIds }: Heard): void {
    const atMs = this.dbNowMs;
    if (answer.kind === 'not-answered') {
      if (outcome.throttled.length === 0) return;
      for (const lane of batch.lanes) this.#noteThrottled(shardIds[lane], atMs);
      return;
    }
    for (const [i, record] of answer.records.entries()) {
      if (record.ok) {
        this.sent.written(record.shardId, atMs, batch.records[i]?.bytes ?? 0);
      } else {
        this.#noteThrottled(shardIds[batch.lanes[i] ?? -1], atMs);
      }
    }
  }

  #noteThrottled(shardId: ShardId | undefined, atMs: number): void {
    if (shardId !== undefined) this.sent.throttled(shardId, atMs);
  }

  /** Once a period that was measured: the same refusals are one sign. */
  #yieldToOthers({ shards, liveUntilMs }: StoredCaps, nowMs: number): void {
    if (liveUntilMs === this.#liveUntilMs) return;
    this.#liveUntilMs = liveUntilMs;
    for (const { shardId, refusesOthers } of shards) {
      if (refusesOthers) this.pacer.refusedOthers(shardId, nowMs);
    }
  }
}

function rangesOf({ shards }: StoredCaps): readonly HashRange[] {
  return shards.map(({ start, end }) => hashRange(hashKey(BigInt(start)), hashKey(BigInt(end))));
}
