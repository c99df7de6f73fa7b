import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForStop } from './stop-request.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

describe('listenForStop', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    for (const signal of SIGNALS) process.removeAllListeners(signal);
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const signal of SIGNALS) process.removeAllListeners(signal);
  });

  it.each(SIGNALS)('stops at %s', (signal) => {
    const stop = listenForStop();
    expect(stop.signal.aborted).toBe(false);
    process.emit(signal);
    expect(stop.signal.aborted).toBe(true);
    expect(stop.forced.aborted).toBe(false);
  });

  it('takes the same Ctrl-C, forwarded by npm and the bootstrap, for one', () => {
    const stop = listenForStop();
    process.emit('SIGINT');
    vi.advanceTimersByTime(300);
    process.emit('SIGINT');
    vi.advanceTimersByTime(600);
    process.emit('SIGINT');
    expect(stop.forced.aborted).toBe(false);
  });

  it('has no more patience when asked again', () => {
    const stop = listenForStop();
    process.emit('SIGINT');
    vi.advanceTimersByTime(1_000);
    process.emit('SIGINT');
    expect(stop.forced.aborted).toBe(true);
  });
});
