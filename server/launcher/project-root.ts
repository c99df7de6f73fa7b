import { dirname, join } from 'node:path';

/** Absolute path of the checkout, wherever the command was started from. */
export const projectRoot = dirname(dirname(import.meta.dirname));

/** Absolute path of something in the checkout. */
export function inProject(...parts: string[]): string {
  return join(projectRoot, ...parts);
}
