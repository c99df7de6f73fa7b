import { parseArgs } from 'node:util';
import { UserError } from './user-error.ts';

/** What `npm start` was asked for. */
export interface StartOptions {
  /** The port that was asked for; undefined means 3000 or the next free one. */
  readonly port: number | undefined;
  readonly fresh: boolean;
  readonly yes: boolean;
  readonly help: boolean;
}

export const START_HELP = `npm start -- [options]

  --port N   listen on this port (also: PORT=N); without it 3000, or the next free one
  --fresh    clear the state folder first (asks; everything Kinetoscope knows is lost)
  --yes      do not ask
  --help     show this

Environment: KINETOSCOPE_STATE (state folder), DATABASE_URL (a PostgreSQL of your own).`;

/**
 * Reads the command line; the environment's PORT counts as asked for.
 *
 * @throws {UserError} for an unknown option or a port that is none
 */
export function parseStartOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const { port, fresh, yes, help } = parse(args);
  return {
    port: parsePort('--port', port) ?? parsePort('PORT', env['PORT']),
    fresh: fresh ?? false,
    yes: yes ?? false,
    help: help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${reason}\n\n${START_HELP}`);
  }
}

function parsePort(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UserError(`${name} must be a port number from 1 to 65535; it is "${text}".`);
  }
  return port;
}
