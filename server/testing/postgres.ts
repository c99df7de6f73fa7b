import { randomUUID } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by global-setup.ts for the project "integration" only. */
    testDatabaseTemplateUrl: string;
  }
}

/** The database with our schema and nothing in it; nobody may stay connected to it. */
export const TEMPLATE_DATABASE = 'kinetoscope_template';

/** A database that belongs to one test (or one file of tests). */
export interface TestDatabase {
  /** For `pg`: a migrated, empty database. */
  readonly url: string;
  /** Removes it, whoever is still connected. */
  close(): Promise<void>;
}

/**
 * Makes a fresh, migrated database in the PostgreSQL of this test run; takes some 50 ms.
 *
 * @throws in a file that is not named `*.integration.test.ts`: others run without PostgreSQL
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  // Declared as always there, but only the integration project provides it.
  const templateUrl: string | undefined = inject('testDatabaseTemplateUrl');
  if (templateUrl === undefined) {
    throw new Error('openTestDatabase needs a test file named *.integration.test.ts');
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const database = escapeIdentifier(name);
  const maintenanceUrl = withDatabase(templateUrl, 'postgres');
  await execute(
    maintenanceUrl,
    `CREATE DATABASE ${database} TEMPLATE ${escapeIdentifier(TEMPLATE_DATABASE)}`,
  );
  return {
    url: withDatabase(templateUrl, name),
    close: () => execute(maintenanceUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
  };
}

function withDatabase(url: string, database: string): string {
  return url.replace(TEMPLATE_DATABASE, database);
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
