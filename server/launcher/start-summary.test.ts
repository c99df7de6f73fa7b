import { describe, expect, it } from 'vitest';
import { formatStartSummary, showDatabaseUrl } from './start-summary.ts';

describe('formatStartSummary', () => {
  it('aligns what runs', () => {
    const text = formatStartSummary({
      url: 'http://localhost:3000',
      seconds: 2.84,
      processes: [
        { name: 'web', pid: 471, listensOn: 'port 3000' },
        { name: 'local-aws', pid: 12_345, listensOn: 'ports 4567, 4568' },
        { name: 'worker', pid: undefined, listensOn: 'port 4571' },
      ],
      database: 'embedded PostgreSQL',
      connections: ['production  eu-west-1', 'staging  eu-west-1'],
      statePath: '/srv/kinetoscope/.state',
    });
    expect(text).toBe(`
Kinetoscope is ready in 2.8 s:  http://localhost:3000

  web          pid 471    port 3000
  local-aws    pid 12345  ports 4567, 4568
  worker       pid -      port 4571

  database     embedded PostgreSQL
  connection   production  eu-west-1
               staging  eu-west-1
  state        /srv/kinetoscope/.state

Ctrl-C stops everything.`);
  });
});

describe('showDatabaseUrl', () => {
  it('hides passwords', () => {
    expect(showDatabaseUrl('postgresql://me:secret@db.test:5432/kinetoscope')).toBe(
      'postgresql://me:***@db.test:5432/kinetoscope',
    );
    expect(showDatabaseUrl('postgresql:///k?host=/run&password=secret')).not.toContain('secret');
    expect(showDatabaseUrl('host=db password=secret')).not.toContain('secret');
  });

  it('leaves an address without one as it is', () => {
    expect(showDatabaseUrl('postgresql://db.test/kinetoscope')).toBe(
      'postgresql://db.test/kinetoscope',
    );
  });
});
