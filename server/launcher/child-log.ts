import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type LogFormat, readableLogLine } from './readable-log-line.ts';

/** Bytes after which a log file is put aside; the one before is kept, so a process fills twice this at most. */
const FILE_BYTES_MAX = 16 * 1024 * 1024;
const TAIL_LINES = 15;
const SHOWN_PER_WINDOW_MAX = 10;
const WINDOW_MS = 5_000;

/** Where the output of one supervised process goes, over all its restarts. */
export interface ChildLog {
  readonly file: string;
  /** Reads a stream to its end, line by line. */
  follow(stream: Readable, from: 'stdout' | 'stderr'): void;
  /** The last lines, for when the process cannot start. */
  tail(): readonly string[];
  close(): void;
}

/**
 * Opens `<folder>/<name>.log`, the previous run's put aside as `.log.1`. Lines that matter to the person at
 * the terminal are shown with the process's name in front, at most ten in 5 s: a process in a loop of errors
 * must not bury the others.
 */
export function openChildLog(
  folder: string,
  name: string,
  format: LogFormat,
  show: (line: string) => void,
): ChildLog {
  const file = join(folder, `${name}.log`);
  putAside(file);
  let descriptor: number | undefined = openSync(file, 'a', 0o600);
  let bytes = 0;
  const recent: string[] = [];
  let windowStartMs = 0;
  let shown = 0;

  const write = (line: string) => {
    if (descriptor === undefined) return;
    if (bytes > FILE_BYTES_MAX) {
      closeSync(descriptor);
      putAside(file);
      descriptor = openSync(file, 'a', 0o600);
      bytes = 0;
    }
    bytes += writeSync(descriptor, `${line}\n`);
    recent.push(line);
    if (recent.length > TAIL_LINES) recent.shift();
  };

  const showLimited = (line: string) => {
    const nowMs = performance.now();
    if (nowMs - windowStartMs > WINDOW_MS) {
      windowStartMs = nowMs;
      shown = 0;
    }
    shown += 1;
    if (shown <= SHOWN_PER_WINDOW_MAX) show(`${name}: ${line}`);
    else if (shown === SHOWN_PER_WINDOW_MAX + 1) show(`${name}: ... more in ${file}`);
  };

  return {
    file,
    follow(stream, from) {
      createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
        write(line);
        const readable = readableLogLine(format, line, from);
        if (readable !== undefined) showLimited(readable);
      });
    },
    tail: () => recent,
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function putAside(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) renameSync(file, `${file}.1`);
}
