import { expect, test } from 'vitest';
import { initdbFailure } from './initdb-failure.ts';

test('a user without an account is told what to do instead of what initdb was called with', () => {
  const printed =
    'Command failed: initdb -D x\ninitdb: could not look up effective user ID 1234: user does not exist\n';
  const message = initdbFailure(printed);
  expect(message).toContain('none for uid 1234');
  expect(message).toContain('DATABASE_URL');
  expect(message).not.toContain('Command failed');
});

test('any other failure is told as it was printed', () => {
  expect(initdbFailure('initdb: no space left on device\n')).toBe(
    'The database could not be created.\ninitdb: no space left on device',
  );
});
