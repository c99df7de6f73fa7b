import { describe, expect, it } from 'vitest';
import { readableLogLine } from './readable-log-line.ts';

describe('readableLogLine', () => {
  it('shows pino lines from warn on, with their cause', () => {
    const line = (level: number) =>
      JSON.stringify({ level, msg: 'metrics are late', err: { message: 'ECONNREFUSED' } });
    expect(readableLogLine('pino', line(30), 'stdout')).toBeUndefined();
    expect(readableLogLine('pino', line(40), 'stdout')).toBe(
      'warn: metrics are late: ECONNREFUSED',
    );
    expect(readableLogLine('pino', line(50), 'stdout')).toBe(
      'error: metrics are late: ECONNREFUSED',
    );
    expect(readableLogLine('pino', line(60), 'stdout')).toBe(
      'fatal: metrics are late: ECONNREFUSED',
    );
  });

  it('finds the cause wherever a process writes it, and keeps to one line', () => {
    const shown = (fields: object) =>
      readableLogLine(
        'pino',
        JSON.stringify({ level: 40, msg: 'reading of embedded fails', ...fields }),
        'stdout',
      );
    const told = 'warn: reading of embedded fails: Rate exceeded';
    expect(shown({ cause: 'Rate exceeded' })).toBe(told);
    expect(shown({ err: { message: 'Rate exceeded' } })).toBe(told);
    expect(shown({ error: { message: 'Rate\n  exceeded\n' } })).toBe(told);
    expect(shown({ error: 'Rate exceeded' })).toBe(told);
    expect(shown({ err: {}, cause: 7 })).toBe('warn: reading of embedded fails');
  });

  it('does not say the same twice', () => {
    const line = JSON.stringify({ level: 50, msg: 'gone', err: { message: 'gone' } });
    expect(readableLogLine('pino', line, 'stdout')).toBe('error: gone');
  });

  it('shows the stack of a crash, but no chatter of stdout', () => {
    expect(readableLogLine('pino', 'TypeError: x is undefined', 'stderr')).toBe(
      'TypeError: x is undefined',
    );
    expect(readableLogLine('pino', '✓ Ready in 98ms', 'stdout')).toBeUndefined();
    expect(readableLogLine('pino', '  ', 'stderr')).toBeUndefined();
    expect(readableLogLine('pino', '{ half a line', 'stdout')).toBeUndefined();
  });

  it('shows of PostgreSQL only its panic', () => {
    const line = (level: string) => `2026-01-01 00:00:00.000 UTC [7] ${level}:  no space left`;
    expect(readableLogLine('postgres', line('PANIC'), 'stderr')).toBe(line('PANIC'));
    for (const level of ['LOG', 'ERROR', 'FATAL']) {
      expect(readableLogLine('postgres', line(level), 'stderr')).toBeUndefined();
    }
  });
});
