import pino, { type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on stdout, as all processes of this project write them. `level` as pino names it. */
export function openLog(level: string): Log {
  return pino({ name: 'local-aws', level });
}

/** For tests, which look at what happens, not at what is logged. */
export const silentLog: Log = pino({ level: 'silent' });
