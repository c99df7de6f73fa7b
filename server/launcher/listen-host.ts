import { UserError } from './user-error.ts';

const LISTEN_HOST = '127.0.0.1';

/**
 * The address that everything of ours listens on.
 *
 * @throws {UserError} when HOST asks for an address that other machines reach: there is no sign-in yet, and
 *   whoever reaches the port may do everything
 */
export function resolveListenHost(env: NodeJS.ProcessEnv): string {
  const asked = env['HOST'];
  if (asked === undefined || asked === '' || asked === 'localhost' || asked === LISTEN_HOST) {
    return LISTEN_HOST;
  }
  throw new UserError(
    `HOST=${asked} is refused: Kinetoscope has no sign-in yet, so it listens on ${LISTEN_HOST} only.\n` +
      'Unset HOST. To reach it from another machine, forward the port, for example with `ssh -L 3000:127.0.0.1:3000`.',
  );
}
