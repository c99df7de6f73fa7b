import { z } from 'zod';
import { logLevelFrom } from '#server/log.ts';

const schema = z.object({
  DATABASE_URL: z.string().min(1, 'is not set; `npm start` sets it'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  KINETOSCOPE_ALLOWED_HOSTS: z.string().default(''),
  KINETOSCOPE_LOG_LEVEL: z.string().optional(),
});

/**
 * What the web process takes from its environment.
 * @throws Error that names the variable and what is wrong with it
 */
export function readWebEnvironment(env: Readonly<Record<string, string | undefined>>) {
  const read = schema.safeParse(env);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`The web process cannot start: ${faults.join('; ')}.`);
  }
  return {
    databaseUrl: read.data.DATABASE_URL,
    port: read.data.PORT,
    /** Other names than loopback's under which we may be reached, as the Host header has them. */
    allowedHosts: read.data.KINETOSCOPE_ALLOWED_HOSTS.split(',').flatMap(
      (host) => host.trim().toLowerCase() || [],
    ),
    logLevel: logLevelFrom(read.data.KINETOSCOPE_LOG_LEVEL),
  };
}
