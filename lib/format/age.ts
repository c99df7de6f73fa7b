const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A span of time in its largest unit and, where it tells something, the next: `4 s`, `3 min`, `2 h 05 min`,
 * `5 d 4 h`. Rounded down: an age is not said before it is reached. A negative span (clocks differ by a
 * little) is `0 s`.
 */
export function formatAge(spanMs: number): string {
  if (spanMs < MINUTE) return `${Math.max(0, Math.floor(spanMs / SECOND))} s`;
  if (spanMs < 10 * MINUTE) {
    const seconds = Math.floor((spanMs % MINUTE) / SECOND);
    const minutes = `${Math.floor(spanMs / MINUTE)} min`;
    return seconds === 0 ? minutes : `${minutes} ${String(seconds).padStart(2, '0')} s`;
  }
  if (spanMs < HOUR) return `${Math.floor(spanMs / MINUTE)} min`;
  if (spanMs < DAY) {
    const minutes = Math.floor((spanMs % HOUR) / MINUTE);
    const hours = `${Math.floor(spanMs / HOUR)} h`;
    return minutes === 0 ? hours : `${hours} ${String(minutes).padStart(2, '0')} min`;
  }
  const hours = Math.floor((spanMs % DAY) / HOUR);
  const days = `${Math.floor(spanMs / DAY)} d`;
  return hours === 0 ? days : `${days} ${hours} h`;
}

/** A lag as Kinesis reports it: milliseconds matter below a second. */
export function formatLag(lagMs: number): string {
  if (lagMs > 0 && lagMs < SECOND) return `${Math.max(1, Math.round(lagMs))} ms`;
  return formatAge(lagMs);
}
