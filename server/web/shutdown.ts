import { processWide } from './process-wide.ts';

const controller = processWide('shutdown', () => new AbortController());

/** Aborts when the process is asked to end. Open event streams end by it; they would hold `next start` up. */
export function shutdownSignal(): AbortSignal {
  return controller().signal;
}

/** Ends all event streams. Called once, by instrumentation.ts. */
export function beginShutdown(): void {
  controller().abort();
}
