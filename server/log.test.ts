import { expect, test } from 'vitest';
import { makeLog } from './log.ts';

function logged(fields: object): string {
  const lines: string[] = [];
  makeLog('test', 'info', { write: (line) => lines.push(line) }).info(fields, 'said');
  return lines.join('');
}

test.each(['error', 'err'])(
  'an error as `%s` says what tells it apart, and in few words',
  (key) => {
    const cause = Object.assign(new Error('connection refused'), {
      code: 'ECONNREFUSED',
      client: { password: 'hunter2' },
    });
    const line = logged({
      [key]: new Error(`Failed query, params: ${'x'.repeat(1e6)}`, { cause }),
    });
    expect(line.length).toBeLessThan(10_000);
    expect(line).toContain('Failed query');
    expect(line).toContain('ECONNREFUSED');
    expect(line).toContain('log.test.ts');
    expect(line).not.toContain('hunter2');
  },
);

test('secrets are taken out by their names', () => {
  const line = logged({ secretAccessKey: 'hunter2', connection: { externalId: 'hunter2' } });
  expect(line).not.toContain('hunter2');
});
