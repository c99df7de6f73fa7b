import { RETENTION_HOURS_MAX, RETENTION_HOURS_MIN, STREAM_SHARDS_MAX } from './limits.ts';
import type { StreamTags } from './stream-settings.ts';

/**
 * What AWS accepts of a stream, checked before it is asked. Each function gives null for what is accepted, else
 * what is wrong and what would be right, in words for the field of a form.
 * Sources: API reference of CreateStream, AddTagsToStream, IncreaseStreamRetentionPeriod, UpdateMaxRecordSize,
 * UpdateStreamWarmThroughput and StartStreamEncryption.
 */

const STREAM_NAME_LENGTH_MAX = 128;
export const TAGS_MAX = 50;
const TAG_KEY_LENGTH_MAX = 128;
const TAG_VALUE_LENGTH_MAX = 256;
export const MAX_RECORD_KIB_MIN = 1_024;
const MAX_RECORD_KIB_MAX = 10_240;
const WARM_MIBPS_MAX = 10_240;
const KEY_ID_LENGTH_MAX = 2_048;

/** The key that Kinesis itself owns in each account: it needs no policy and costs no monthly fee. */
export const AWS_OWNED_KEY = 'alias/aws/kinesis';

export function streamNameFault(name: string): string | null {
  if (name === '') return 'A stream needs a name.';
  if (name.length > STREAM_NAME_LENGTH_MAX) {
    return `A name takes at most ${STREAM_NAME_LENGTH_MAX} characters; this has ${name.length}.`;
  }
  const foreign = /[^a-zA-Z0-9_.-]/u.exec(name)?.[0];
  return foreign === undefined
    ? null
    : `A name takes letters a-z and A-Z, digits, and _ . - only; “${foreign}” is none of them.`;
}

export function shardCountFault(count: number): string | null {
  if (!Number.isInteger(count) || count < 1) return 'Takes a whole number of shards, 1 or more.';
  return count > STREAM_SHARDS_MAX ? `A stream takes at most ${STREAM_SHARDS_MAX} shards.` : null;
}

export function retentionFault(hours: number): string | null {
  return Number.isInteger(hours) && hours >= RETENTION_HOURS_MIN && hours <= RETENTION_HOURS_MAX
    ? null
    : `Takes whole hours from ${RETENTION_HOURS_MIN} to ${RETENTION_HOURS_MAX} (365 days).`;
}

export function maxRecordFault(kib: number): string | null {
  return Number.isInteger(kib) && kib >= MAX_RECORD_KIB_MIN && kib <= MAX_RECORD_KIB_MAX
    ? null
    : `Takes whole KiB from ${MAX_RECORD_KIB_MIN} (1 MiB) to ${MAX_RECORD_KIB_MAX} (10 MiB).`;
}

export function warmThroughputFault(mibps: number): string | null {
  return Number.isInteger(mibps) && mibps >= 0 && mibps <= WARM_MIBPS_MAX
    ? null
    : `Takes whole MiB/s from 0 to ${WARM_MIBPS_MAX} (10 GiB/s).`;
}

/** A key as StartStreamEncryption takes it: an id, an alias with its prefix, or the ARN of either. */
export function keyIdFault(keyId: string): string | null {
  if (keyId === '') return `Name a key: an id, an ARN, or an alias, e.g. ${AWS_OWNED_KEY}.`;
  if (keyId.length > KEY_ID_LENGTH_MAX) return 'A key is named by at most 2,048 characters.';
  return /^(?:alias\/\S+|arn:aws[a-z-]*:kms:\S+:\d{12}:(?:key|alias)\/\S+|(?:mrk-)?[0-9a-f-]{32,36})$/i.test(
    keyId,
  )
    ? null
    : `A key is an id like 12345678-1234-1234-1234-123456789012, an alias that begins with alias/, or the ARN of one.`;
}

/** Unicode letters, digits, white space, and _ . : / = + - @ (TagResource). */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function tagFault(key: string, value: string): string | null {
  if (key === '') return 'A tag needs a key.';
  if (/^aws:/i.test(key)) return 'Keys that begin with aws: belong to AWS.';
  if (key.length > TAG_KEY_LENGTH_MAX) {
    return `A key takes at most ${TAG_KEY_LENGTH_MAX} characters; this has ${key.length}.`;
  }
  if (value.length > TAG_VALUE_LENGTH_MAX) {
    return `A value takes at most ${TAG_VALUE_LENGTH_MAX} characters; this has ${value.length}.`;
  }
  return TAG_TEXT.test(key) && TAG_TEXT.test(value)
    ? null
    : 'A tag takes letters, digits, spaces, and _ . : / = + - @ only.';
}

/** Of all tags together; a single one's fault names its key. */
export function tagsFault(tags: StreamTags): string | null {
  const entries = Object.entries(tags);
  if (entries.length > TAGS_MAX) {
    return `A stream takes at most ${TAGS_MAX} tags; these are ${entries.length}.`;
  }
  for (const [key, value] of entries) {
    const fault = tagFault(key, value);
    if (fault !== null) return key === '' ? fault : `${key}: ${fault}`;
  }
  return null;
}
