import { STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import { freshness } from '#lib/domain/freshness.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import type { ApplicationLine } from './application-view.ts';
import { applicationWords } from './application-words.ts';
import { KIND_WORDS } from './kind-words.ts';

export const APPLICATION_SORTS = ['status', 'name', 'stream', 'lag', 'backlog', 'leases'] as const;
export type ApplicationSort = (typeof APPLICATION_SORTS)[number];

export type ApplicationArrangement = {
  /** Each word must occur in name, kind, stream, connection or status. */
  readonly search: string;
  /** null: any. */
  readonly health: HealthLevel | null;
  readonly kind: ApplicationLine['kind'] | null;
  readonly sort: ApplicationSort;
  readonly direction: 'asc' | 'desc';
};

/** Names go up at first, figures down: the worst first. */
export function firstDirection(sort: ApplicationSort): 'asc' | 'desc' {
  return sort === 'name' || sort === 'stream' ? 'asc' : 'desc';
}

/** @param nowMs the database's clock: what is not of now is not known */
export function arrangeApplications(
  lines: readonly ApplicationLine[],
  arrangement: ApplicationArrangement,
  nowMs: number,
): readonly ApplicationLine[] {
  const { search, health, kind, sort, direction } = arrangement;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const turn = direction === 'asc' ? 1 : -1;
  return lines
    .map((line) => ({ line, said: applicationWords(line, freshness(line.collection, nowMs)) }))
    .filter(({ line, said }) => {
      const text =
        `${line.name} ${KIND_WORDS[line.kind]} ${line.streamName} ${line.connection} ${said.word}`.toLowerCase();
      return (
        (health === null || said.level === health) &&
        (kind === null || line.kind === kind) &&
        words.every((word) => text.includes(word))
      );
    })
    .map(({ line, said }) => ({ line, key: keyOf(line, said.level, sort) }))
    .sort((a, b) => {
      const order = compare(a.key, b.key, turn);
      return order !== 0 ? order : a.line.name < b.line.name ? -1 : 1;
    })
    .map(({ line }) => line);
}

const LEVELS: readonly HealthLevel[] = ['ok', 'unknown', 'warning', 'critical'];

/** Greater is worse. null: not known. */
function keyOf(
  line: ApplicationLine,
  level: HealthLevel,
  sort: ApplicationSort,
): number | string | null {
  const { summary } = line;
  switch (sort) {
    case 'status': {
      const rank = summary === null ? 0 : -STATUSES_WORST_FIRST.indexOf(summary.status);
      return LEVELS.indexOf(level) * 100 + rank + lagShare(line);
    }
    case 'name':
      return line.name;
    case 'stream':
      return `${line.streamName} ${line.connection}`;
    case 'lag':
      return summary?.lag.kind === 'interval' ? summary.lag.atMostMs : null;
    case 'backlog':
      return summary?.backlogRecords ?? null;
    case 'leases':
      return summary?.leaseCount ?? null;
  }
}

/** Less than 1, and more for more lag: among equals the one that is farthest behind comes first. */
function lagShare({ summary }: ApplicationLine): number {
  const lagMs = summary?.lag.kind === 'interval' ? summary.lag.atMostMs : 0;
  return lagMs / (lagMs + 60_000);
}

function compare(a: number | string | null, b: number | string | null, turn: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -turn : a > b ? turn : 0;
}
