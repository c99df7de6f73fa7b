import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import type { Environment } from './environment.ts';

const schema = z.object({
  DATABASE_URL: z
    .string({ error: 'is needed: the URL of the database, postgresql://...' })
    .regex(/^postgres(?:ql)?:\/\//, { error: 'takes a URL that starts with postgresql://' }),
  /** 0: any free port. */
  KINETOSCOPE_WORKER_PORT: z.coerce
    .number({ error: 'takes a port, 0 to 65535' })
    .int()
    .min(0)
    .max(65_535)
    .default(0),
});

export type WorkerEnvironment = {
  readonly databaseUrl: string;
  /** Port of the health answers, on loopback. */
  readonly healthPort: number;
};

/** What a worker needs of its environment besides its connections. @throws ConfigError */
export function workerEnvironment(env: Environment, databaseUrl: string | null): WorkerEnvironment {
  const result = schema.safeParse({ ...env, DATABASE_URL: databaseUrl ?? undefined });
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(['The worker cannot start:', ...lines].join('\n'));
  }
  return {
    databaseUrl: result.data.DATABASE_URL,
    healthPort: result.data.KINETOSCOPE_WORKER_PORT,
  };
}
