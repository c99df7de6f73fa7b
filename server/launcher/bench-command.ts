import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { inProject } from './project-root.ts';
import { say } from './say.ts';
import { UserError } from './user-error.ts';

/** What a file bench/NAME.ts exports: measures, and resolves to figures whose names carry their units. */
const benchModule = z.object({
  run: z.custom<() => Promise<Record<string, number>>>((value) => typeof value === 'function'),
});

/**
 * `npm run bench -- NAME`. The last line is one JSON object `{"bench": NAME, "figures": {...}}`.
 *
 * @returns the exit code
 * @throws {UserError} for a name that is none
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const names = await listBenches();
  const list = `There are: ${names.join(', ')}. Run one by: npm run bench -- NAME`;
  const [name, ...rest] = args;
  if (name === undefined) {
    say(list);
    return 0;
  }
  if (rest.length > 0 || !names.includes(name)) {
    throw new UserError(`Unknown bench "${args.join(' ')}". ${list}`);
  }
  const { run } = benchModule.parse(
    await import(pathToFileURL(inProject('bench', `${name}.ts`)).href),
  );
  const figures = await run();
  say(JSON.stringify({ bench: name, figures }));
  return 0;
}

/** Those files of bench/ that export `run`; the others are what they share. */
async function listBenches(): Promise<string[]> {
  const files = (await readdir(inProject('bench'))).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(inProject('bench', file), 'utf8')));
  return files
    .filter((_, index) => /^export (async )?function run\(/m.test(texts[index] ?? ''))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
