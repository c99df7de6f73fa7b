import type { Sizing } from '#lib/domain/advice/rules/size.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';

/**
 * What a stream's size comes to, in a line; null where nothing is known of its load.
 * @example 'Shards: 5 needed now, 7 at the highest load, 12 open (30 % headroom)'
 */
export function sizingWords(sizing: Sizing): string | null {
  const { present, peak, openShardCount, headroom, isLeast } = sizing;
  if (present === null && peak === null) return null;
  const least = isLeast ? '≥ ' : '';
  const needed = [
    present === null ? null : `${least}${formatCount(present.shards)} needed now`,
    peak === null ? null : `${least}${formatCount(peak.shards)} at the highest load`,
  ].filter((words) => words !== null);
  return `Shards: ${needed.join(', ')}, ${formatCount(openShardCount)} open (${formatUse(headroom)} headroom)`;
}

/** How many findings there are, by how grave they are. @example '1 needs you, 2 to watch' */
export function findingCountWords(
  findings: readonly { readonly severity: 'critical' | 'warning' | 'info' }[],
): string {
  if (findings.length === 0) return 'nothing needs doing';
  const count = (severity: string) => findings.filter((one) => one.severity === severity).length;
  const words = [
    [count('critical'), 'needs you', 'need you'],
    [count('warning'), 'to watch', 'to watch'],
    [count('info'), 'remark', 'remarks'],
  ] as const;
  return words
    .filter(([n]) => n > 0)
    .map(([n, singular, plural]) => countOf(n, singular, plural))
    .join(', ');
}
