import { createInterface } from 'node:readline/promises';
import { UserError } from './user-error.ts';

/**
 * Asks whether to clear the state folder.
 *
 * @throws {UserError} when the answer is no, or when there is nobody to ask
 */
export async function confirmFresh(path: string, stop: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new UserError(
      `--fresh would clear ${path}, and there is no terminal to ask. Add --yes to say so now:\n` +
        '  npm start -- --fresh --yes',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(
      `Clear ${path}? Its database, and the embedded AWS world with it, will be lost. [y/N] `,
      { signal: stop },
    );
    if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Nothing was cleared.');
  } finally {
    terminal.close();
  }
}
