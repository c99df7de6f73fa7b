/** Set by global-setup.ts, read by the tests; the environment is the one thing that Playwright hands on. */
const URL_VARIABLE = 'KINETOSCOPE_E2E_URL';
const STATE_VARIABLE = 'KINETOSCOPE_E2E_STATE';

/** The running product that the tests look at. */
export interface Product {
  /** Where its pages are, without a slash at the end. */
  readonly url: string;
  /** Its state folder: logs, and the record of its processes. */
  readonly statePath: string;
}

export function publishProduct({ url, statePath }: Product): void {
  process.env[URL_VARIABLE] = url;
  process.env[STATE_VARIABLE] = statePath;
}

/** @throws when global-setup.ts has not run */
export function findProduct(): Product {
  const url = process.env[URL_VARIABLE];
  const statePath = process.env[STATE_VARIABLE];
  if (url === undefined || statePath === undefined) {
    throw new Error('No product runs: global-setup.ts starts it.');
  }
  return { url, statePath };
}
