import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf } from '#lib/format/count.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import type { PaceEstimate } from './estimate-pace.ts';
import type { PredictedLoad } from './predict-load.ts';
import { significant } from './round-figure.ts';

/** Which order is kept, and what each costs. */
export const ORDER_CHOICES: readonly {
  readonly order: ReplayOrder;
  readonly label: string;
  readonly detail: string;
}[] = [
  {
    order: 'none',
    label: 'None',
    detail:
      'Fastest: slices of the archive’s time are sent by all workers at once. Records of a key may arrive in any order.',
  },
  {
    order: 'per-key',
    label: 'Per partition key',
    detail:
      'Records of a key arrive as they lie in the archive: each waits for the acknowledgement of the one before. One worker; a hot key holds it up.',
  },
  {
    order: 'strict',
    label: 'Strict',
    detail:
      'All records arrive as they lie in the archive, one after the other. One record a round trip: some 50 a second.',
  },
];

/** How long it takes, in a line. @example 'About 2 min 05 s' */
export function durationEstimate({ duration }: PaceEstimate): string {
  if (duration === null) return 'Nothing would be sent';
  if (!Number.isFinite(duration.ms)) return 'It would never end';
  return duration.ms < 1_000 ? 'Less than a second' : `About ${formatAge(duration.ms)}`;
}

/** What is sent in that time. */
export function loadWords({ records, bytes }: PredictedLoad): string {
  return `About ${countOf(significant(records), 'record')}, ${formatBytes(bytes)} with keys`;
}

/** The rates that a pace comes to, on average; null where it never ends. */
export function meanWords({ mean }: PaceEstimate): string | null {
  return mean === null
    ? null
    : `${formatBytesPerSecond(mean.bytesPerSecond)}, ${formatRecordsPerSecond(mean.recordsPerSecond)}`;
}

/** What it may take of all shards together; null where that is not known. */
export function capWords({ cap }: PaceEstimate): string | null {
  return cap === null
    ? null
    : `${formatBytesPerSecond(cap.bytesPerSecond)}, ${formatRecordsPerSecond(cap.recordsPerSecond)}`;
}
