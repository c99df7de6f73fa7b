/**
 * The launcher: `main.ts <start|test|local-aws|bench|conformance> [arguments]`, called by bootstrap.mjs, which has made sure
 * that packages and runtime are there. Commands are loaded when asked for: start-up time is a figure we keep.
 */
import { complain } from './say.ts';

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start: async (args) => (await import('./start-command.ts')).runStart(args),
  test: async (args) => (await import('./test-command.ts')).runTests(args),
  'local-aws': async (args) => (await import('./local-aws-command.ts')).runLocalAws(args),
  bench: async (args) => (await import('./bench-command.ts')).runBench(args),
  conformance: async (args) =>
    (await import('./conformance-command.ts')).runConformanceCommand(args),
};

/** Errors that people can mend; they carry a message that needs no stack. */
const READABLE_ERRORS = new Set(['UserError', 'ConfigError']);

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    complain(`Unknown command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
    return 1;
  }
  return command(args);
}

// The reader may leave (`npm start | head`, a closed terminal): no reason to leave processes behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Error) {
    complain(READABLE_ERRORS.has(error.name) ? error.message : (error.stack ?? error.message));
  } else {
    complain(String(error));
  }
  process.exitCode = 1;
}
// The channel to the bootstrap, and whatever a failed command left, must not keep us.
process.exit();
