import { parseSoakOptions } from './soak-options.ts';
import { runSoak, type SoakFigures } from './soak-run.ts';

/** `npm run bench -- soak [--minutes 30] [--megabytes-per-second 20] [--cap-mebibytes 256]`: see `runSoak`. */
export async function run(args: readonly string[]): Promise<SoakFigures> {
  const { figures, troubles } = await runSoak(parseSoakOptions(args));
  for (const trouble of troubles) {
    process.stderr.write(`${trouble.trimEnd()}\n`);
  }
  return figures;
}
