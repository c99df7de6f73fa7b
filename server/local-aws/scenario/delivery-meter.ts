import type { SealedBuffer } from './archive-object.ts';
import type { ServiceMetrics } from './service-metrics.ts';

/** What Firehose tells CloudWatch of its deliveries to S3. */
export class DeliveryMeter {
  readonly #metrics: ServiceMetrics;
  readonly #told = new WeakSet<SealedBuffer>();

  constructor(metrics: ServiceMetrics) {
    this.#metrics = metrics;
  }

  /**
   * A buffer is in S3; said again of the same one, it changes nothing. In the virtual past nothing takes time, so a
   * buffer is delivered as it is sealed, although its object is written when the world goes live.
   */
  delivered(sealed: SealedBuffer, nowMs: number): void {
    if (sealed.kind !== 'firehose' || this.#told.has(sealed)) {
      return;
    }
    this.#told.add(sealed);
    const oldestMs = sealed.records.reduce((oldest, r) => Math.min(oldest, r.arrivalMs), nowMs);
    const metrics = this.#metrics;
    metrics.sample('DeliveryToS3.Records', nowMs, sealed.records.length, 'Count');
    metrics.sample('DeliveryToS3.DataFreshness', nowMs, (nowMs - oldestMs) / 1_000, 'Seconds');
    metrics.sample('DeliveryToS3.Success', nowMs, 1, 'Count');
  }

  /** An attempt to write an object failed; it is tried again. */
  failed(sealed: SealedBuffer, nowMs: number): void {
    if (sealed.kind === 'firehose') {
      this.#metrics.sample('DeliveryToS3.Success', nowMs, 0, 'Count');
    }
  }
}
