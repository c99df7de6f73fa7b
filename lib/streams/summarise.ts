import type { HealthLevel } from '#lib/domain/health.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import type { Zone } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { healthNow } from './judge-row.ts';
import { type JudgedRow, orderRows } from './row-order.ts';

/** What is wrong, of all streams, in one line; the worst first. */
export type StreamsSummary = {
  /** The worst level there is, by which the line is coloured. */
  readonly level: HealthLevel;
  /** What the level means for the person: "2 streams need you". */
  readonly lead: string;
  /**
   * The first streams of that level with their reasons; none where all is well. A reason that the next one shares
   * is said there: null here, so that a failure of the whole connection is told once.
   */
  readonly worst: readonly { readonly row: StreamRow; readonly reason: string | null }[];
  /** Streams of that level that `worst` leaves out. */
  readonly more: number;
  /** How the others are, and how many: "1 to watch", "9 well". */
  readonly others: readonly string[];
};

const LEVELS = ['critical', 'warning', 'unknown', 'ok'] as const satisfies HealthLevel[];

/**
 * @param shown how many streams may be named
 * @param unreadable how many more are listed and cannot be described
 * @param zone that times are told in
 */
export function summarise(
  rows: readonly JudgedRow[],
  shown: number,
  unreadable: number,
  zone?: Zone,
): StreamsSummary | null {
  if (rows.length === 0) return null;
  const byLevel = Map.groupBy(orderRows(rows, 'health', 'desc'), levelOf);
  const level = LEVELS.find((l) => byLevel.has(l)) ?? 'ok';
  const ofLevel = byLevel.get(level) ?? [];
  const named = level === 'ok' ? [] : ofLevel.slice(0, shown);
  const reasons = named.map(({ row, fresh }) => reasonOf(healthNow(row, fresh, zone).reason));
  return {
    level,
    lead: leadOf(level, ofLevel.length, rows.length, unreadable > 0),
    worst: named.map(({ row }, i) => ({
      row,
      reason: reasons[i] === reasons[i + 1] ? null : (reasons[i] ?? null),
    })),
    more: level === 'ok' ? 0 : ofLevel.length - named.length,
    others: [
      ...LEVELS.filter((l) => l !== level).flatMap((l) => otherWords(l, byLevel.get(l))),
      ...(unreadable > 0 ? [`${formatCount(unreadable)} not readable`] : []),
    ],
  };
}

function levelOf({ row, fresh }: JudgedRow): HealthLevel {
  return healthNow(row, fresh).level;
}

function reasonOf(reason: string): string {
  return shortenShardIds(reason).replace(/\.$/, '');
}

function leadOf(level: HealthLevel, count: number, total: number, inPart: boolean): string {
  switch (level) {
    case 'critical':
      return `${countOf(count, 'stream needs', 'streams need')} you`;
    case 'warning':
      return `${countOf(count, 'stream')} to watch`;
    case 'unknown':
      return count === total && total > 1
        ? `None of the ${formatCount(total)} streams can be judged`
        : `${countOf(count, 'stream')} cannot be judged`;
    case 'ok':
      if (total === 1)
        return `The one stream ${inPart ? 'that can be read ' : ''}is within its limits`;
      return `All ${formatCount(total)} streams ${inPart ? 'that can be read ' : ''}are within their limits`;
  }
}

const OTHER_WORDS: Readonly<Record<HealthLevel, string>> = {
  critical: 'need you',
  warning: 'to watch',
  unknown: 'cannot be judged',
  ok: 'within limits',
};

function otherWords(level: HealthLevel, rows: readonly JudgedRow[] | undefined): string[] {
  return rows === undefined ? [] : [`${formatCount(rows.length)} ${OTHER_WORDS[level]}`];
}
