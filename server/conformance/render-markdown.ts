import { isTrouble, type KnownDifferences } from './known.ts';
import { renderTally } from './render-report.ts';
import type { Result } from './result.ts';

/**
 * The report for people: a tally, then what differs, by the groups of the list that explains it.
 *
 * @param subject what was tried
 */
export function renderMarkdown(
  subject: string,
  results: readonly Result[],
  known: KnownDifferences,
): string {
  const byName = new Map(results.map((result) => [result.name, result]));
  const groups = known.groups.flatMap(({ title, fault, why, cases }) => {
    const rows = cases.flatMap((name) => {
      const result = byName.get(name);
      return result?.verdict === 'known' ? [row(result)] : [];
    });
    if (rows.length === 0) return [];
    return [`### ${title}`, `**Whose fault:** ${fault}`, why, [...HEAD, ...rows].join('\n')];
  });
  const unexplained = results.filter(isTrouble).map(row);
  return `${[
    `# What ${subject} does otherwise than AWS`,
    'Written by `npm run conformance -- ... --markdown FILE`; groups and explanations are those of the list given by `--known`.',
    `${renderTally(results)}.`,
    ...groups,
    ...(unexplained.length === 0
      ? []
      : ['### Not explained yet', [...HEAD, ...unexplained].join('\n')]),
  ].join('\n\n')}\n`;
}

const HEAD = ['| case | expected | seen | source |', '| --- | --- | --- | --- |'];

function row({ name, expected, seen, source }: Result): string {
  return `| ${[name, expected, withoutChance(seen)].map(cell).join(' | ')} | [AWS](${source.url}) |`;
}

/** Without what differs from run to run, so that a report changes only when its findings do. */
function withoutChance(seen: string): string {
  return seen
    .replaceAll(/conformance-[0-9a-f]{8}-\d+/g, 'conformance-...')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(a time)')
    .replaceAll(/\b49\d{54}\b/g, '(a sequence number)')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1');
}

const LONGEST = 240;

function cell(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return short.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
}
