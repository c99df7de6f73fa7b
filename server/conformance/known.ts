import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Result } from './result.ts';
import { UsageError } from './usage-error.ts';

const knownFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      title: z.string().min(1),
      /** Whose fault it is. */
      fault: z.string().min(1),
      why: z.string().min(1),
      /** Names of cases. */
      cases: z.array(z.string().min(1)).min(1),
    }),
  ),
});

/** Differences that somebody has explained, by groups. */
export type KnownDifferences = z.infer<typeof knownFile>;

export const NOTHING_KNOWN: KnownDifferences = { groups: [] };

/** @throws {UsageError} when the file cannot be read, or is not of this form */
export async function readKnown(path: string): Promise<KnownDifferences> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `The list of known differences ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = knownFile.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `The list of known differences ${path} has another form than { "groups": [{ "title", "fault", "why", "cases" }] }: ${z.prettifyError(parsed.error)}`,
  );
}

/** The results with `known` for each difference or error that the list explains. */
export function markKnown(results: readonly Result[], known: KnownDifferences): Result[] {
  const names = namesOf(known);
  return results.map((result) =>
    isTrouble(result) && names.has(result.name) ? { ...result, verdict: 'known' } : result,
  );
}

/**
 * Entries that explain nothing any more: the case agrees now, or there is no such case.
 *
 * @param results of this run; a case that this run left out, or could not try, says nothing about its entry
 * @param allNames of all cases there are
 */
export function staleEntries(
  results: readonly Result[],
  known: KnownDifferences,
  allNames: ReadonlySet<string>,
): string[] {
  const agreed = new Set(
    results.filter(({ verdict }) => verdict === 'same').map(({ name }) => name),
  );
  return [...namesOf(known)].filter((name) => agreed.has(name) || !allNames.has(name));
}

/** What makes a run fail. */
export function isTrouble({ verdict }: Pick<Result, 'verdict'>): boolean {
  return verdict === 'differs' || verdict === 'error';
}

function namesOf({ groups }: KnownDifferences): Set<string> {
  return new Set(groups.flatMap(({ cases }) => cases));
}
