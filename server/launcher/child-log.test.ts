import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChildLog, openChildLog } from './child-log.ts';

describe('openChildLog', () => {
  let folder: string;
  let shown: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kinetoscope-log-'));
    shown = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (): ChildLog => openChildLog(folder, 'worker', 'pino', (line) => shown.push(line));
  /** Writes to the log as a process would, and waits until all of it has been read. */
  const write = async (log: ChildLog, lines: readonly string[]) => {
    const stream = new PassThrough();
    log.follow(stream, 'stdout');
    stream.end(lines.map((line) => `${line}\n`).join(''));
    const last = lines.at(-1);
    await vi.waitUntil(() => log.tail().at(-1) === last, { interval: 1 });
  };
  const warning = (msg: string) => JSON.stringify({ level: 40, msg });

  it('writes every line, shows what matters, and remembers the last ones', async () => {
    const log = open();
    const lines = Array.from({ length: 20 }, (_, index) => `{"level":30,"msg":"${index}"}`);
    await write(log, [...lines, warning('late')]);
    log.close();
    expect(readFileSync(log.file, 'utf8')).toBe(`${lines.join('\n')}\n${warning('late')}\n`);
    expect(shown).toEqual(['worker: warn: late']);
    expect(log.tail()).toHaveLength(15);
  });

  it('shows at most ten lines at once and says where the others are', async () => {
    const log = open();
    await write(
      log,
      Array.from({ length: 30 }, (_, index) => warning(`no ${index}`)),
    );
    log.close();
    expect(shown).toHaveLength(11);
    expect(shown.at(-1)).toBe(`worker: ... more in ${log.file}`);
    expect(readFileSync(log.file, 'utf8').split('\n')).toHaveLength(31);
  });

  it('puts the log of the run before aside, and no more than that', async () => {
    for (const run of ['first', 'second', 'third']) {
      const log = open();
      await write(log, [run]);
      log.close();
    }
    expect(readFileSync(join(folder, 'worker.log'), 'utf8')).toBe('third\n');
    expect(readFileSync(join(folder, 'worker.log.1'), 'utf8')).toBe('second\n');
    expect(existsSync(join(folder, 'worker.log.2'))).toBe(false);
  });

  it('starts a new file when one is full', async () => {
    const log = open();
    const mebibyte = 'x'.repeat(1024 * 1024);
    await write(log, [...Array.from({ length: 17 }, () => mebibyte), 'last']);
    log.close();
    expect(readFileSync(log.file, 'utf8').length).toBeLessThan(2 * 1024 * 1024);
    expect(readFileSync(`${log.file}.1`, 'utf8').length).toBeGreaterThan(16 * 1024 * 1024);
  });
});
