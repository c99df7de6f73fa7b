import type { Peak, Peaks, Present } from './facts.ts';

/**
 * The peaks of a history, with the newest period among what they were sought in: a history is read more rarely than
 * the present, and the highest load would else be lower than the load of now.
 */
export function includePresent(peaks: Peaks, present: Present | null): Peaks {
  if (present === null) return peaks;
  const { startMs, periodSeconds } = present;
  const higher = (peak: Peak | null, perSecond: number | null): Peak | null =>
    perSecond === null || (peak !== null && peak.perSecond >= perSecond)
      ? peak
      : { perSecond, startMs, periodSeconds };
  return {
    sinceMs: Math.min(peaks.sinceMs, startMs),
    untilMs: Math.max(peaks.untilMs, startMs + periodSeconds * 1000),
    writeBytes: higher(peaks.writeBytes, present.writeBytesPerSecond),
    writeRecords: higher(peaks.writeRecords, present.writeRecordsPerSecond),
    readBytes: higher(peaks.readBytes, present.readBytesPerSecond),
  };
}
