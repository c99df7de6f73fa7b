const PINO_WARN = 40;
const PINO_LEVEL_NAMES: ReadonlyArray<readonly [number, string]> = [
  [60, 'fatal'],
  [50, 'error'],
  [PINO_WARN, 'warn'],
];

/** How a process writes its log: JSON lines of pino (and what Node itself prints), or PostgreSQL's text. */
export type LogFormat = 'pino' | 'postgres';

/**
 * What of a log line the person at the terminal should see; undefined for most lines, which only go to the
 * log file. pino: warn and above, as one line with its cause (err, error or cause), and what is no JSON on stderr, such as the stack of a crash.
 * PostgreSQL: PANIC (an ERROR there is a statement's, and whoever sent the statement reports it).
 *
 * @example readableLogLine('pino', '{"level":40,"msg":"throttled"}', 'stdout') // 'warn: throttled'
 */
export function readableLogLine(
  format: LogFormat,
  line: string,
  stream: 'stdout' | 'stderr',
): string | undefined {
  if (line.trim() === '') return undefined;
  if (format === 'postgres') return / PANIC: /.test(line) ? line : undefined;
  if (line.startsWith('{')) return readablePinoLine(line);
  return stream === 'stderr' ? line : undefined;
}

function readablePinoLine(line: string): string | undefined {
  const entry = parseObject(line);
  if (entry === undefined) return undefined;
  const level = entry['level'];
  if (typeof level !== 'number' || level < PINO_WARN) return undefined;
  const name = PINO_LEVEL_NAMES.find(([atLeast]) => level >= atLeast)?.[1] ?? 'warn';
  const message = typeof entry['msg'] === 'string' ? entry['msg'] : line;
  const cause = [entry['err'], entry['error'], entry['cause']].map(causeText).find(Boolean);
  return cause === undefined || cause === message
    ? `${name}: ${message}`
    : `${name}: ${message}: ${cause}`;
}

/** What an error or a text says, in one line. */
function causeText(cause: unknown): string | undefined {
  if (typeof cause === 'object' && cause !== null && 'message' in cause) {
    return causeText(cause.message);
  }
  return typeof cause === 'string' ? cause.trim().replaceAll(/\s+/g, ' ') : undefined;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // Not every line that begins with a brace is JSON; it stays in the log file.
    return undefined;
  }
}
