/** What the summary says of one process. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number | undefined;
  /** What it listens on: a port, or "socket". */
  readonly listensOn: string;
}

export interface StartSummary {
  readonly url: string;
  readonly seconds: number;
  readonly processes: readonly RunningProcess[];
  readonly database: string;
  readonly connections: readonly string[];
  readonly statePath: string;
}

/**
 * The lines that end a start, aligned.
 *
 * @example
 *   Kinetoscope is ready in 2.8 s:  http://127.0.0.1:3000
 *
 *     web          pid 4711   port 3000
 */
export function formatStartSummary(summary: StartSummary): string {
  const nameWidth = Math.max(11, ...summary.processes.map(({ name }) => name.length));
  const pidWidth = Math.max(...summary.processes.map(({ pid }) => String(pid ?? '-').length), 0);
  const processes = summary.processes.map(
    ({ name, pid, listensOn }) =>
      `  ${name.padEnd(nameWidth)}  pid ${String(pid ?? '-').padEnd(pidWidth)}  ${listensOn}`,
  );
  const facts = [
    ['database', summary.database],
    ...summary.connections.map((text, index) => [index === 0 ? 'connection' : '', text]),
    ['state', summary.statePath],
  ].map(([name = '', text = '']) => `  ${name.padEnd(nameWidth)}  ${text}`);
  return [
    '',
    `Kinetoscope is ready in ${summary.seconds.toFixed(1)} s:  ${summary.url}`,
    '',
    ...processes,
    '',
    ...facts,
    '',
    'Ctrl-C stops everything.',
  ].join('\n');
}

/** A database address without its password, fit to be shown. */
export function showDatabaseUrl(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password !== '') parsed.password = '***';
    if (parsed.searchParams.has('password')) parsed.searchParams.set('password', '***');
    return parsed.href;
  } catch {
    // Some forms that libpq knows are no URL; their text could hold a password anywhere.
    return 'from DATABASE_URL';
  }
}
