import { timeZoneOf } from '#lib/domain/replay/plan/time-zone.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';

/** "Bucket naming rules" of S3: general purpose buckets, and aliases of access points, which look alike. */
const BUCKET = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.))+[a-z0-9]$/;
const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
const PREFIX_BYTES_MAX = 1_024;
/** Firehose buffers for 15 minutes at most; others write an object a day. */
const PADDING_MS_MAX = 7 * 86_400_000;

/** Why no archive can lie there, and what to write instead; null where one can. */
export function sourceFault({
  bucket,
  prefix,
  timeZone,
  paddingMs,
}: Omit<ArchiveSource, 'connection'>): string | null {
  if (bucket.length < 3 || bucket.length > 63 || !BUCKET.test(bucket) || IP_ADDRESS.test(bucket)) {
    return `"${bucket.slice(0, 80)}" is no name of a bucket: those have 3 to 63 small letters, digits, hyphens and dots. Write the name alone, without "s3://" or an ARN.`;
  }
  if (new TextEncoder().encode(prefix).length > PREFIX_BYTES_MAX) {
    return 'The prefix is longer than any key of S3, which has at most 1,024 bytes.';
  }
  if (timeZoneOf(timeZone) === null) {
    return `"${timeZone.slice(0, 80)}" is no time zone. Write its IANA name, e.g. UTC or Europe/Berlin.`;
  }
  if (!(paddingMs >= 0 && paddingMs <= PADDING_MS_MAX)) {
    return 'The buffer of whoever wrote the archive is between 0 and 7 days.';
  }
  return null;
}
