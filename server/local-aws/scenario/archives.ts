import type { S3Client } from '@aws-sdk/client-s3';
import type { DeliveryStream } from '#server/local-aws/firehose/delivery-stream.ts';
import type { WorldClock } from '#server/local-aws/world-clock.ts';
import { archiveDelivery } from './archive-delivery.ts';
import type { ArchivePlan } from './archive-plan.ts';
import { ArchiveUploader } from './archive-uploader.ts';
import { Archiver } from './archiver.ts';
import { DeliveryMeter } from './delivery-meter.ts';
import type { KinesisClientPort } from './kinesis-client-port.ts';
import { type MetricSink, ServiceMetrics } from './service-metrics.ts';

type ArchivesInit = {
  readonly plans: readonly ArchivePlan[];
  readonly client: KinesisClientPort;
  readonly clock: WorldClock;
  readonly seed: number;
  readonly fromMs: number;
  readonly metrics: MetricSink;
  readonly arnOf: (streamName: string) => string;
};

/** All that is archived: who reads it, what Firehose says of it, and the one who writes it to S3. */
export class Archives {
  readonly archivers: readonly Archiver[];
  /** Those archives that Firehose would write. */
  readonly deliveryStreams: readonly DeliveryStream[];
  readonly #clock: WorldClock;
  readonly #meters: ReadonlyMap<string, DeliveryMeter>;
  #uploader: ArchiveUploader | null = null;

  constructor({ plans, client, clock, seed, fromMs, metrics, arnOf }: ArchivesInit) {
    this.#clock = clock;
    const delivered = plans.filter(({ kinds }) => kinds.includes('firehose'));
    this.deliveryStreams = delivered.map(({ streamName }) =>
      archiveDelivery(streamName, arnOf(streamName), fromMs),
    );
    const firehose = new Map(
      delivered.map(({ streamName }) => [
        streamName,
        new ServiceMetrics(metrics, {
          namespace: 'AWS/Firehose',
          dimensions: { DeliveryStreamName: streamName },
        }),
      ]),
    );
    this.#meters = new Map([...firehose].map(([name, one]) => [name, new DeliveryMeter(one)]));
    this.archivers = plans.map(
      ({ streamName, kinds }) =>
        new Archiver({
          streamName,
          kinds,
          client,
          seed,
          fromMs,
          metrics: firehose.get(streamName) ?? null,
          onSealed: (sealed, nowMs) => {
            if (clock.isVirtual) this.#meters.get(streamName)?.delivered(sealed, nowMs);
            // Without an uploader there is no S3: what is archived goes nowhere.
            this.#uploader?.accept(sealed);
          },
        }),
    );
  }

  /** Objects that are sealed, but not in S3 yet. */
  get uploadsWaiting(): number {
    return this.#uploader?.waitingCount ?? 0;
  }

  /** Makes the bucket. @throws Error of the SDK. */
  async prepare(s3: S3Client, onUploadFault: (error: unknown) => void): Promise<void> {
    if (this.archivers.length === 0) return;
    this.#uploader = new ArchiveUploader({
      s3,
      onStored: (sealed) =>
        this.#meters.get(sealed.streamName)?.delivered(sealed, this.#clock.nowMs()),
      onFault: (error, sealed) => {
        this.#meters.get(sealed.streamName)?.failed(sealed, this.#clock.nowMs());
        onUploadFault(error);
      },
    });
    await this.#uploader.createBucket();
  }

  /** Goes on with another client. */
  moveTo(client: KinesisClientPort): void {
    for (const archiver of this.archivers) archiver.moveTo(client);
  }

  /** Uploads until `stop`. */
  async run(): Promise<void> {
    await this.#uploader?.run();
  }

  stop(): void {
    this.#uploader?.stop();
  }
}
