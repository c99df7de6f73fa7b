import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { RateBucket } from './rate-bucket.ts';

/**
 * The four limits of one shard, each scaled by the engine's `limitScale`. A put has to fit by bytes
 * and by records; a read by bytes and by calls. What is refused is not charged.
 */
export class ShardLimiter {
  readonly #writeBytes: RateBucket;
  readonly #writeRecords: RateBucket;
  readonly #readBytes: RateBucket;
  readonly #readCalls: RateBucket;

  constructor(scale: number) {
    this.#writeBytes = new RateBucket(SHARD_LIMITS.writeBytesPerSecondMax * scale);
    this.#writeRecords = new RateBucket(SHARD_LIMITS.writeRecordsPerSecondMax * scale);
    this.#readBytes = new RateBucket(SHARD_LIMITS.readBytesPerSecondMax * scale);
    this.#readCalls = new RateBucket(SHARD_LIMITS.readCallsPerSecondMax * scale);
  }

  /** Would a record be taken now, whatever its size? */
  admitsWrite(nowMs: number): boolean {
    return this.#writeRecords.admits(nowMs) && this.#writeBytes.admits(nowMs);
  }

  /** Charges a record of `bytes` (data and partition key), or answers false and charges nothing. */
  tryWrite(nowMs: number, bytes: number): boolean {
    if (!this.admitsWrite(nowMs)) {
      return false;
    }
    this.#writeRecords.charge(1);
    this.#writeBytes.charge(bytes);
    return true;
  }

  /** Charges a GetRecords call; its bytes follow by `chargeReadBytes` once they are known. */
  tryRead(nowMs: number): boolean {
    if (!this.#readCalls.admits(nowMs) || !this.#readBytes.admits(nowMs)) {
      return false;
    }
    this.#readCalls.charge(1);
    return true;
  }

  chargeReadBytes(bytes: number): void {
    this.#readBytes.charge(bytes);
  }
}
