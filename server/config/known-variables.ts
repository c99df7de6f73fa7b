import { closestName } from './closest-name.ts';
import { CONNECTION_VARIABLES, type Environment } from './environment.ts';

const PREFIX = 'KINETOSCOPE_';

/** What else is read of the environment under our name, by any of our processes or by our tests. */
const OTHER_VARIABLES = [
  'KINETOSCOPE_ALLOWED_HOSTS',
  'KINETOSCOPE_CONFIG',
  'KINETOSCOPE_E2E_STATE',
  'KINETOSCOPE_E2E_URL',
  'KINETOSCOPE_EMBEDDED',
  'KINETOSCOPE_LOG_LEVEL',
  'KINETOSCOPE_STATE',
  'KINETOSCOPE_WORKER_PORT',
] as const;

const KNOWN: readonly string[] = [...CONNECTION_VARIABLES, ...OTHER_VARIABLES];

/**
 * One line for each variable that bears our prefix and that nothing reads: a connection whose variable is
 * misspelt would open the embedded world without a word.
 */
export function unknownVariables(env: Environment): readonly string[] {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith(PREFIX) && !KNOWN.includes(name),
  );
  // The prefix is alike in all of them and must not count as likeness.
  const endings = KNOWN.map((name) => name.slice(PREFIX.length));
  return unknown.sort().map((name) => {
    const meant = closestName(name.slice(PREFIX.length), endings);
    const right =
      meant === null
        ? `Known are ${[...KNOWN].sort().join(', ')}.`
        : `Did you mean ${PREFIX}${meant}?`;
    return `${name}: unknown variable. ${right}`;
  });
}
