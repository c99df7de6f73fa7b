import type { HashRange } from '#lib/domain/hash-range.ts';
import { placeOfKey } from '#lib/domain/key-lookup.ts';
import type { Sendable } from '#lib/domain/replay/buffer/sendable.ts';
import { SpaceSaving } from '#lib/domain/reshard/load/space-saving.ts';

/** What decoding some objects as the replay would has shown: all that a plan knows of what lies in the archive. */
export type ArchiveSample = {
  readonly objects: readonly SampledObject[];
  /** Records that would be sent, by predicted shard of the target. */
  readonly shards: readonly ShardLoad[];
  readonly records: number;
  readonly bytes: number;
  readonly largestRecordBytes: number;
  /** Charged for provisioned streams, and for on-demand ones. */
  readonly payloadUnits: number;
  readonly billedKilobytes: number;
  /** The partition key that has most of the records; null where there are none. */
  readonly hottestKey: { readonly partitionKey: string; readonly records: number } | null;
};

/** How many bytes of an object were read, and how many records of it would be sent. */
export type SampledObject = { readonly storedBytes: number; readonly records: number };

type ShardLoad = { readonly records: number; readonly bytes: number };

/** A PUT payload unit is 25 KB of a record, begun ones counted (aws.amazon.com/kinesis/data-streams/pricing). */
const PAYLOAD_UNIT_BYTES = 25 * 1_024;
/** On-demand streams are charged by the KB of each record, begun ones counted (same page). */
const BILLED_BYTES = 1_024;

/** The heaviest keys are found among so many; one that has more than a 500th of the sample is never missed. */
const KEY_SLOTS = 500;

/** Gathers a sample, record by record, in bounded memory. */
export class SampleBuilder {
  readonly #ranges: readonly HashRange[];
  readonly #objects: { storedBytes: number; records: number }[] = [];
  readonly #shards: { records: number; bytes: number }[];
  readonly #keys = new SpaceSaving<string>(KEY_SLOTS);
  #records = 0;
  #bytes = 0;
  #largestRecordBytes = 0;
  #payloadUnits = 0;
  #billedKilobytes = 0;

  /** @param shards of the target, in order of their starts */
  constructor(shards: readonly HashRange[]) {
    this.#ranges = shards;
    this.#shards = shards.map(() => ({ records: 0, bytes: 0 }));
  }

  /** @param storedBytes that were read of it, of an object that was read in part, too */
  object(storedBytes: number): void {
    this.#objects.push({ storedBytes, records: 0 });
  }

  /** A record of the last object that passed the filter. */
  record({ bytes, hashKey, partitionKey }: Sendable): void {
    const object = this.#objects.at(-1);
    if (object !== undefined) object.records += 1;
    const shard = this.#shards[placeOfKey(this.#ranges, hashKey) ?? -1];
    if (shard !== undefined) {
      shard.records += 1;
      shard.bytes += bytes;
    }
    this.#keys.add(partitionKey, 1);
    this.#records += 1;
    this.#bytes += bytes;
    this.#largestRecordBytes = Math.max(this.#largestRecordBytes, bytes);
    this.#payloadUnits += Math.max(1, Math.ceil(bytes / PAYLOAD_UNIT_BYTES));
    this.#billedKilobytes += Math.max(1, Math.ceil(bytes / BILLED_BYTES));
  }

  sample(): ArchiveSample {
    const [hottest] = this.#keys.items();
    return {
      objects: this.#objects,
      shards: this.#shards,
      records: this.#records,
      bytes: this.#bytes,
      largestRecordBytes: this.#largestRecordBytes,
      payloadUnits: this.#payloadUnits,
      billedKilobytes: this.#billedKilobytes,
      // What is certain: an item that came late may have taken over the count of another.
      hottestKey:
        hottest === undefined
          ? null
          : { partitionKey: hottest.item, records: hottest.count - hottest.error },
    };
  }
}
