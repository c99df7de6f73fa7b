import { isTrouble } from './known.ts';
import type { Result, Verdict } from './result.ts';

const ORDER: readonly Verdict[] = ['same', 'differs', 'known', 'not-applicable', 'error'];

/** One line a case: verdict and name; below what differs, what was expected, seen, and who says so. */
export function renderResult(result: Result): string {
  const { verdict, name, expected, seen, source } = result;
  const line = `${verdict.padEnd(14)} ${name}`;
  if (!isTrouble(result)) return line;
  const indent = ' '.repeat(15);
  return [
    line,
    `${indent}expected: ${expected}`,
    `${indent}seen:     ${seen}`,
    `${indent}source:   ${source.url}`,
    `${indent}          "${source.quote}"`,
  ].join('\n');
}

/** "412 cases: 401 same, 3 differs, 8 not-applicable". */
export function renderTally(results: readonly Result[]): string {
  const counts = ORDER.flatMap((verdict) => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return `${results.length} cases: ${counts.join(', ')}`;
}
