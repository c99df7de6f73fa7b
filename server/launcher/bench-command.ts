import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { inProject } from './project-root.ts';
import { say } from './say.ts';
import { UserError } from './user-error.ts';

/** What a bench measures; a name carries its unit. */
type Figures = Readonly<Record<string, number>>;

/**
 * What a file bench/NAME.ts exports: measures, by the options that were typed behind its name. One whose findings are
 * not all numbers prints its last line by itself, and resolves to nothing.
 */
const benchModule = z.object({
  run: z.custom<(args: readonly string[]) => Promise<Figures | undefined>>(
    (value) => typeof value === 'function',
  ),
});

/**
 * `npm run bench -- NAME [options]`. The last line is one JSON object `{"bench": NAME, "figures": {...}}`.
 *
 * @returns the exit code
 * @throws {UserError} for a name that is none, or options that it does not take
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const names = await listBenches();
  const list = `There are: ${names.join(', ')}. Run one by: npm run bench -- NAME`;
  const [name, ...rest] = args;
  if (name === undefined) {
    say(list);
    return 0;
  }
  if (!names.includes(name)) {
    throw new UserError(`Unknown bench "${name}". ${list}`);
  }
  const { run } = benchModule.parse(
    await import(pathToFileURL(inProject('bench', `${name}.ts`)).href),
  );
  if (rest.length > 0 && run.length === 0) {
    throw new UserError(`The bench ${name} takes no options; got: ${rest.join(' ')}`);
  }
  const figures = await run(rest);
  if (figures !== undefined) say(JSON.stringify({ bench: name, figures }));
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
