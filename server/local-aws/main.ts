import { z } from 'zod';
import { openLog } from './log.ts';
import { HELP, OptionsError, parseOptions } from './parse-options.ts';
import { welcome } from './print-welcome.ts';
import { openWorld, type World } from './world.ts';

/** A world that is not closed after so long is ended by force, ms. */
const CLOSE_MAX_MS = 900;

const environment = z
  .object({
    KINETOSCOPE_LOG_LEVEL: z.string().optional(),
    /** Set by the launcher where the world is a part of the product, and nobody reads its output. */
    LOCAL_AWS_STATE: z.string().optional(),
  })
  .parse(process.env);
const isAlone = environment.LOCAL_AWS_STATE === undefined;
const log = openLog(environment.KINETOSCOPE_LOG_LEVEL ?? (isAlone ? 'warn' : 'info'));
let world: World | null = null;

let isStopping = false;

/** Ends everything, once. What comes meanwhile changes nothing: it ends within a second anyway. */
function stop(exitCode: number): void {
  if (isStopping) {
    return;
  }
  isStopping = true;
  setTimeout(() => process.exit(exitCode), CLOSE_MAX_MS);
  const closed = world === null ? Promise.resolve() : world.close();
  closed.then(
    () => process.exit(exitCode),
    () => process.exit(exitCode),
  );
}

function fail(error: unknown): void {
  if (isStopping) {
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof OptionsError)) {
    log.fatal({ err: error }, `The embedded AWS has to end: ${message}`);
  }
  process.stderr.write(`${message}\n`);
  stop(1);
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
if (process.send !== undefined) {
  // The launcher is gone, however it ended: nobody would stop this process any more.
  process.on('disconnect', () => stop(0));
}

try {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(HELP);
    process.exit(0);
  }
  world = await openWorld(options, log);
  log.info({ ...world.endpoints, incarnation: world.incarnation }, 'The embedded AWS is ready');
  if (isAlone) {
    process.stdout.write(welcome(world));
  }
} catch (error) {
  fail(error);
}
