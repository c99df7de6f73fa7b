import { freshness } from '#lib/domain/freshness.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import type { ApplicationLine } from './application-view.ts';
import { applicationWords } from './application-words.ts';

const LEVELS = ['critical', 'warning', 'unknown', 'ok'] as const satisfies HealthLevel[];

/**
 * How consumers are, all together.
 * @param nowMs the database's clock
 * @example '1 consumer needs you (quota-worker), 1 cannot be judged, 6 OK.'
 */
export function summariseApplications(lines: readonly ApplicationLine[], nowMs: number): string {
  const byLevel = Map.groupBy(
    lines,
    (line) => applicationWords(line, freshness(line.collection, nowMs)).level,
  );
  const parts = LEVELS.flatMap((level) => {
    const of = byLevel.get(level);
    return of === undefined ? [] : [partOf(level, of)];
  });
  return `${parts.join(', ')}.`;
}

function partOf(level: HealthLevel, lines: readonly ApplicationLine[]): string {
  switch (level) {
    case 'critical':
      return `${countOf(lines.length, 'consumer needs', 'consumers need')} you (${named(lines)})`;
    case 'warning':
      return `${formatCount(lines.length)} to watch (${named(lines)})`;
    case 'unknown':
      return `${formatCount(lines.length)} cannot be judged`;
    case 'ok':
      return `${formatCount(lines.length)} OK`;
  }
}

const NAMED_MAX = 3;

function named(lines: readonly ApplicationLine[]): string {
  const names = [...new Set(lines.map(({ name }) => name))];
  const more = names.length - NAMED_MAX;
  return names.slice(0, NAMED_MAX).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
}
