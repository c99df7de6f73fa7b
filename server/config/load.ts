import { z } from 'zod';
import type { Config, Connection } from './config.ts';
import { ConfigError } from './config-error.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import { connectionKeysAt, connectionSchema } from './connection-schema.ts';
import { describeIssues } from './describe-issues.ts';
import { connectionFromEnvironment, type Environment, variableOf } from './environment.ts';
import { unknownVariables } from './known-variables.ts';
import { plainWords } from './plain-words.ts';

export type { Config } from './config.ts';
export { ConfigError } from './config-error.ts';

const databaseUrl = z
  .string()
  .regex(/^postgres(?:ql)?:\/\//, { error: 'takes a URL that starts with postgresql://' });

const fileSchema = z.strictObject({
  connections: z.array(connectionSchema).default([]),
  databaseUrl: databaseUrl.optional(),
});

/**
 * Configuration from `kinetoscope.config.yaml` in `cwd` (or the file that KINETOSCOPE_CONFIG names), from
 * the KINETOSCOPE_* variables of one more connection, and from DATABASE_URL, which goes before the file's.
 * Reads that file and nothing else.
 * @throws ConfigError naming the file or variable, the place in it, what is wrong and what would be right
 */
export function loadConfig(env: Environment, cwd: string): Config {
  refuseUnknownVariables(env);
  const file = readConfigFile(env['KINETOSCOPE_CONFIG']?.trim() || undefined, cwd);
  const fromFile = file === null ? { connections: [], databaseUrl: undefined } : checkFile(file);
  const fromEnvironment = checkEnvironment(env);
  const connections = [...fromFile.connections, ...fromEnvironment];
  refuseDuplicates(connections);
  return { connections, databaseUrl: databaseUrlOf(env) ?? fromFile.databaseUrl ?? null };
}

function refuseUnknownVariables(env: Environment): void {
  const lines = unknownVariables(env);
  if (lines.length > 0) throw configError('The environment cannot be used:', lines);
}

function checkFile(file: ConfigFile): z.output<typeof fileSchema> {
  const result = fileSchema.safeParse(file.content, { error: plainWords });
  if (result.success) return result.data;
  const keysAt = (path: readonly PropertyKey[]) =>
    path.length === 0 ? Object.keys(fileSchema.shape) : connectionKeysAt(path);
  throw configError(
    `The configuration file ${file.path} cannot be used:`,
    describeIssues(result.error.issues, keysAt),
  );
}

function checkEnvironment(env: Environment): readonly Connection[] {
  const input = connectionFromEnvironment(env);
  if (input === null) return [];
  const result = connectionSchema.safeParse(input, { error: plainWords });
  if (result.success) return [result.data];
  throw configError(
    'The connection that the environment describes cannot be used:',
    result.error.issues.map(
      (issue) => `${variableOf(issue.path) ?? 'connection'}: ${issue.message}`,
    ),
  );
}

function databaseUrlOf(env: Environment): string | null {
  const given = env['DATABASE_URL']?.trim();
  if (given === undefined || given === '') return null;
  const result = databaseUrl.safeParse(given);
  if (result.success) return result.data;
  // The value may hold a password: it is not repeated.
  throw configError('The environment cannot be used:', [
    'DATABASE_URL: takes a URL that starts with postgresql://',
  ]);
}

function refuseDuplicates(connections: readonly Connection[]): void {
  const names = connections.map((connection) => connection.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw configError('The connections cannot be told apart:', [
      `"${twice}" is the name of two connections; give each its own name (the one of the environment: KINETOSCOPE_CONNECTION_NAME)`,
    ]);
  }
}

function configError(heading: string, lines: readonly string[]): ConfigError {
  return new ConfigError([heading, ...lines.map((line) => `  ${line}`)].join('\n'));
}
