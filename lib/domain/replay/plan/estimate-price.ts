import {
  DOLLARS_PER_ON_DEMAND_GB_WRITTEN,
  DOLLARS_PER_PAYLOAD_UNIT,
  DOLLARS_PER_S3_GET,
  DOLLARS_PER_S3_LIST,
} from '#lib/domain/prices.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import type { ArchiveSample } from './sample.ts';

export type ReplayPrice = {
  readonly dollars: number;
  /** The largest first. */
  readonly parts: readonly { readonly what: string; readonly dollars: number }[];
};

/** Keys that one ListObjectsV2 answers with at most (API reference). */
const KEYS_PER_LIST = 1_000;
const KILOBYTES_PER_GB = 1_048_576;

/**
 * List price of us-east-1 of what a replay does once: records that it puts, and requests for the archive, each object
 * read once and in the class STANDARD. Shards and hours of the target cost the same with and without it.
 * @param keysListed objects that the listing of the plan went through
 */
export function estimatePrice(question: {
  readonly mode: StreamMode;
  readonly records: number;
  readonly sample: ArchiveSample;
  readonly keysListed: number;
  readonly objects: number;
}): ReplayPrice {
  const { mode, records, sample, keysListed, objects } = question;
  const scale = sample.records === 0 ? 0 : records / sample.records;
  const written =
    mode === 'ON_DEMAND'
      ? {
          what: 'GB written',
          dollars:
            ((sample.billedKilobytes * scale) / KILOBYTES_PER_GB) *
            DOLLARS_PER_ON_DEMAND_GB_WRITTEN,
        }
      : {
          what: 'PUT payload units',
          dollars: sample.payloadUnits * scale * DOLLARS_PER_PAYLOAD_UNIT,
        };
  const parts = [
    written,
    { what: 'S3 GET requests', dollars: objects * DOLLARS_PER_S3_GET },
    {
      what: 'S3 LIST requests',
      dollars: Math.ceil(keysListed / KEYS_PER_LIST) * DOLLARS_PER_S3_LIST,
    },
  ].sort((a, b) => b.dollars - a.dollars);
  return { dollars: parts.reduce((sum, part) => sum + part.dollars, 0), parts };
}
