import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatClock, formatInstant, type Zone } from '#lib/format/time.ts';
import type { ProgressView } from './view/run.ts';

/** One way to say how far a replay is. `share` 0 .. 1, for a bar; null: it cannot be told, and `words` say why. */
export type ProgressLine = {
  readonly key: 'bytes' | 'records' | 'time';
  readonly name: string;
  readonly share: number | null;
  readonly words: string;
};

/**
 * How far it is by what is stored, by records and by the time of the archive. Only the first is exact: the number of
 * records is an estimate of the plan, and parts of the archive may be worked on at the same time.
 */
export function progressLines(progress: ProgressView, zone: Zone): readonly ProgressLine[] {
  return [bytesLine(progress), recordsLine(progress), timeLine(progress, zone)];
}

/** When it ends, as things are; null where nobody can say. */
export function etaWords(
  { etaMs }: Pick<ProgressView, 'etaMs'>,
  nowMs: number,
  zone: Zone,
): string | null {
  if (etaMs === null) return null;
  const endMs = nowMs + etaMs;
  return `About ${formatAge(etaMs)} to go at the rate of now: until ${formatClock(endMs, zone)}${
    etaMs > DAY_MS ? ` on ${formatInstant(endMs, zone).slice(0, 10)}` : ''
  }`;
}

const DAY_MS = 86_400_000;

function bytesLine(progress: ProgressView): ProgressLine {
  const { storedBytes, storedBytesDone, objects, objectsDone } = progress;
  return {
    key: 'bytes',
    name: 'Stored bytes',
    share: shareOf(storedBytesDone, storedBytes),
    words: `${formatBytes(storedBytesDone)} of ${formatBytes(storedBytes)}, ${formatCount(objectsDone)} of ${formatCount(objects)} objects read to their end`,
  };
}

function recordsLine({ settled, emitted, recordsExpected }: ProgressView): ProgressLine {
  const expected =
    recordsExpected === null
      ? 'the plan’s sample was too small to say of how many'
      : `about ${formatCount(recordsExpected)} expected to be sent`;
  return {
    key: 'records',
    name: 'Records',
    // More than expected is no fault: it was an estimate.
    share: recordsExpected === null ? null : shareOf(emitted, recordsExpected),
    words: `${formatCount(emitted)} sent, ${expected}; ${formatCount(settled)} of the archive dealt with`,
  };
}

function timeLine(progress: ProgressView, zone: Zone): ProgressLine {
  const { archiveMs, archiveFromMs, archiveToMs } = progress;
  const line = { key: 'time', name: 'Archive time' } as const;
  if (archiveFromMs === null || archiveToMs === null) {
    return { ...line, share: null, words: 'the keys of the archive tell no times' };
  }
  const end = `the archive spans ${formatInstant(archiveFromMs, zone)} to ${formatInstant(archiveToMs, zone)}`;
  if (archiveMs === null)
    return { ...line, share: null, words: `nothing with a time was sent; ${end}` };
  return {
    ...line,
    share: shareOf(archiveMs - archiveFromMs, archiveToMs - archiveFromMs),
    words: `newest record sent arrived ${formatInstant(archiveMs, zone)}; ${end}`,
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole <= 0 ? null : Math.min(1, Math.max(0, part / whole));
}
