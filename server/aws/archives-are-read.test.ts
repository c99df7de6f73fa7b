import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const HERE = import.meta.dirname;

/** Of the commands that S3 knows, those that change nothing. */
const READS = /^(Get|Head|List)[A-Za-z]*Command$/;
const COMMAND = /\b[A-Z][A-Za-z]*Command\b/g;

it('archives are only read: no other command of S3 is imported where the product knows the SDK', () => {
  const files = globSync('**/*.ts', { cwd: HERE }).filter((file) => !file.endsWith('.test.ts'));
  const imports = files.flatMap((file) =>
    [
      ...readFileSync(join(HERE, file), 'utf8').matchAll(
        /import\s+(?:type\s+)?([^;]*?)\s+from '@aws-sdk\/client-s3'/g,
      ),
    ].map(([, names = '']) => names),
  );
  // All by name: what is imported as a whole could be anything.
  expect(imports.every((names) => names.startsWith('{'))).toBe(true);
  const commands = imports.flatMap((names) => names.match(COMMAND) ?? []);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => !READS.test(command))).toEqual([]);
});
