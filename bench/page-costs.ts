import type { Page } from '@playwright/test';

/** What a page has cost since it was opened. kB are 1,000 bytes as they went over the wire, heads included. */
export interface PageCosts {
  /** Scripts. */
  scriptKB(): number;
  /** All else: pages, styles, fonts, answers, events. */
  otherKB(): number;
}

/** To be called before the page goes anywhere. */
export async function countCosts(page: Page): Promise<PageCosts> {
  const session = await page.context().newCDPSession(page);
  const typeOf = new Map<string, string>();
  const bytes = { script: 0, other: 0 };
  const kindOf = (requestId: string) =>
    typeOf.get(requestId) === 'Script' ? 'script' : ('other' as const);
  /** What was counted as it came: the total that is told at the end says the same again. */
  const counted = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    typeOf.set(requestId, type);
    bytes[kindOf(requestId)] += response.encodedDataLength;
    counted.set(requestId, response.encodedDataLength);
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    bytes[kindOf(requestId)] += encodedDataLength;
    counted.set(requestId, (counted.get(requestId) ?? 0) + encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[kindOf(requestId)] += Math.max(0, encodedDataLength - (counted.get(requestId) ?? 0));
  });
  await session.send('Network.enable');
  return {
    scriptKB: () => Math.round(bytes.script / 100) / 10,
    otherKB: () => Math.round(bytes.other / 100) / 10,
  };
}

/** Longest task of the page's main thread while `act` runs, ms. */
export async function longestTaskMs(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('A page of no browser cannot be traced.');
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await act();
  const trace: { traceEvents: readonly TraceEvent[] } = JSON.parse(
    (await browser.stopTracing()).toString('utf8'),
  );
  const pids = await rendererPids(page, trace.traceEvents);
  const tasks = trace.traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && /RunTask$/.test(name) && pids.get(pid)?.has(tid) === true,
  );
  if (tasks.length === 0) throw new Error('The trace has no task of the page.');
  return Math.round(Math.max(...tasks.map(({ dur = 0 }) => dur)) / 100) / 10;
}

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
};

/** Main threads of renderers, by process. One page is open at a time: it is the busiest of them. */
async function rendererPids(
  page: Page,
  events: readonly TraceEvent[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const pids = new Map<number, Set<number>>();
  for (const { name, pid, tid, args } of events) {
    if (name === 'thread_name' && args?.name === 'CrRendererMain') {
      pids.set(pid, new Set([...(pids.get(pid) ?? []), tid]));
    }
  }
  if (pids.size === 0) throw new Error(`No renderer in the trace of ${page.url()}.`);
  return pids;
}

/** Tasks over 50 ms while `act` runs, by the browser's own count. */
export async function countLongTasks(page: Page, act: () => Promise<void>): Promise<number> {
  const counting = await page.evaluateHandle(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    });
    observer.observe({ type: 'longtask' });
    return {
      stop: () => {
        for (const entry of observer.takeRecords()) tasks.push(entry.duration);
        observer.disconnect();
        return tasks.length;
      },
    };
  });
  await act();
  return counting.evaluate(({ stop }) => stop());
}
