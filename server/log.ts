import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Where a secret may stand in what we log: configuration, credentials, headers, query strings of URLs. */
const SECRETS = [
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'password',
  'authorization',
  'cookie',
  'databaseUrl',
  'externalId',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * One logger a process: JSON lines on stdout, which the launcher files away. Secrets are taken out by their
 * names; a message must not carry one.
 */
export function makeLog(
  name: string,
  level: LogLevel = 'info',
  destination: DestinationStream = pino.destination(1),
): Logger {
  return pino(
    {
      name,
      level,
      redact: { paths: SECRETS, censor: '[redacted]' },
      serializers: { error: describeError, err: describeError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}

/** A failed query's message repeats all that was to be written: megabytes of figures. */
const TEXT_LENGTH_MAX = 2_000;

/** What tells one error from another. Drivers hang whole clients and queries on theirs. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  return {
    type: error.name,
    message: cut(error.message),
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    // It begins with the message, which is cut already.
    stack: cut(error.stack?.replace(error.message, cut(error.message)) ?? '', 2 * TEXT_LENGTH_MAX),
  };
}

function cut(text: string, lengthMax = TEXT_LENGTH_MAX): string {
  return text.length <= lengthMax
    ? text
    : `${text.slice(0, lengthMax)}... (${text.length} characters)`;
}

/**
 * The level that `KINETOSCOPE_LOG_LEVEL` asks for; `info` where it is absent or no level.
 * A wrong level must not keep a process from starting.
 */
export function logLevelFrom(text: string | undefined): LogLevel {
  return LEVELS.find((level) => level === text) ?? 'info';
}
