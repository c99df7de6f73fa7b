import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Names } from './names.ts';
import { patientSender } from './senders.ts';
import { type LeasedStream, StreamLease, type StreamWish } from './stream-lease.ts';

const CLEAN_UP_MS = 10_000;

/**
 * Streams that the whole run has one of, made when a case first asks: most refusals need only that some stream is
 * there, and AWS makes five streams a second.
 */
export class SharedStreams {
  readonly #kinesis: KinesisClient;
  readonly #names: Names;
  readonly #leases: StreamLease[] = [];
  #provisioned: Promise<LeasedStream> | undefined;
  #onDemand: Promise<LeasedStream> | undefined;

  constructor(kinesis: KinesisClient, names: Names) {
    this.#kinesis = kinesis;
    this.#names = names;
  }

  provisioned(signal: AbortSignal): Promise<LeasedStream> {
    this.#provisioned ??= this.#make(signal, {}).catch((error: unknown) => {
      // The next case tries by itself: one late answer must not fail them all.
      this.#provisioned = undefined;
      throw error;
    });
    return this.#provisioned;
  }

  onDemand(signal: AbortSignal): Promise<LeasedStream> {
    const wish = { StreamModeDetails: { StreamMode: 'ON_DEMAND' as const } };
    this.#onDemand ??= this.#make(signal, wish).catch((error: unknown) => {
      this.#onDemand = undefined;
      throw error;
    });
    return this.#onDemand;
  }

  /** @returns the names that could not be deleted */
  async release(): Promise<string[]> {
    const kinesis = patientSender(this.#kinesis, AbortSignal.timeout(CLEAN_UP_MS));
    const left = await Promise.all(this.#leases.map((lease) => lease.release(kinesis)));
    return left.flat();
  }

  #make(signal: AbortSignal, wish: StreamWish): Promise<LeasedStream> {
    const lease = new StreamLease({
      kinesis: patientSender(this.#kinesis, signal),
      names: this.#names,
      signal,
    });
    this.#leases.push(lease);
    return lease.make(wish);
  }
}
