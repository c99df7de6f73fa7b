import type { z } from 'zod';
import { closestName } from './closest-name.ts';

/** The way to a value, as a person would write it: `connections[1].cadence.watchedSeconds`. */
function issuePath(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) =>
      typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

/**
 * One line for each thing that is wrong.
 * @param keysAt the keys that are allowed where an unknown one stands, for a suggestion
 */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
): readonly string[] {
  return issues.flatMap((issue) => {
    const at = issuePath(issue.path);
    const prefix = at === '' ? '' : `${at}: `;
    if (issue.code !== 'unrecognized_keys') {
      return [`${prefix}${issue.message}`];
    }
    const allowed = keysAt(issue.path);
    return issue.keys.map((key) => {
      const suggestion = closestName(key, allowed);
      const right =
        suggestion === null
          ? `Known here: ${[...allowed].sort().join(', ')}.`
          : `Did you mean "${suggestion}"?`;
      return `${prefix}unknown key "${key}". ${right}`;
    });
  });
}
