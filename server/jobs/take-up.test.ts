import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { startTakingUp, type TakeUpOptions } from './take-up.ts';

/** Of a test that wakes by hand. */
const NEVER_MS = 3_600_000;
const AT_MOST = 2;

class Work {
  readonly #ended = Promise.withResolvers<void>();
  readonly done = this.#ended.promise;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  end(): void {
    this.#ended.resolve();
  }
}

/** Jobs that lie there to be taken, first come first served; each is taken under the number at its end. */
function taking(jobs: string[], change: Partial<TakeUpOptions<Work>> = {}) {
  const over = new AbortController();
  const said: string[] = [];
  const started: Work[] = [];
  const taker = startTakingUp<Work>(
    {
      take: async () => {
        const name = jobs.shift();
        if (name === undefined) return null;
        const work = new Work(name);
        started.push(work);
        over.signal.addEventListener('abort', () => work.end());
        return { id: Number(name.at(-1)), work };
      },
      hasRoom: (works) => works.length < AT_MOST,
      everyMs: NEVER_MS,
      retryMs: NEVER_MS,
      looksWhenDone: false,
      log: pino({ level: 'warn' }, { write: (line: string) => said.push(line) }),
      failureWords: 'jobs could not be looked for',
      ...change,
    },
    over.signal,
  );
  const names = () => taker.works().map(({ name }) => name);
  return { taker, names, started, said, end: () => over.abort() };
}

test('all that there is room for is taken up, and more when there is room and it is woken', async () => {
  const jobs = ['a1', 'b2', 'c3'];
  const { taker, names, started, end } = taking(jobs);
  await vi.waitFor(() => expect(names()).toEqual(['a1', 'b2']));
  started[0]?.end();
  await vi.waitFor(() => expect(names()).toEqual(['b2']));
  expect(jobs).toEqual(['c3']);
  taker.wake();
  await vi.waitFor(() => expect(names()).toEqual(['b2', 'c3']));
  end();
  await taker.done;
});

test('where that is asked for, the next is looked for as soon as one is done', async () => {
  const { taker, names, started, end } = taking(['a1', 'b2', 'c3'], { looksWhenDone: true });
  await vi.waitFor(() => expect(names()).toEqual(['a1', 'b2']));
  started[1]?.end();
  await vi.waitFor(() => expect(names()).toEqual(['a1', 'c3']));
  end();
  await taker.done;
});

test('a job that is taken again before its first work is done has two, and both are waited for', async () => {
  const { taker, names, started, end } = taking(['old7', 'new7']);
  await vi.waitFor(() => expect(names()).toEqual(['old7', 'new7']));
  expect(taker.worksOn(7).map(({ name }) => name)).toEqual(['old7', 'new7']);
  expect(taker.worksOn(8)).toEqual([]);
  started[0]?.end();
  await vi.waitFor(() => expect(taker.worksOn(7)).toEqual([started[1]]));
  end();
  await taker.done;
});

test('who cannot look says so, and looks again', async () => {
  let failures = 2;
  const jobs = ['a1'];
  const { taker, names, said, end } = taking([], {
    retryMs: 0,
    take: async () => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the store is away');
      }
      const name = jobs.shift();
      if (name === undefined) return null;
      const work = new Work(name);
      work.end();
      return { id: 1, work };
    },
  });
  await vi.waitFor(() => expect(jobs).toEqual([]));
  expect(names()).toEqual([]);
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('jobs could not be looked for');
  expect(said[0]).toContain('the store is away');
  end();
  await taker.done;
});

test('after the end nothing is taken up, what failed for it is not said, and what is under way is waited for', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<never>();
  const slow = new Work('slow1');
  let isFirst = true;
  const { taker, said, end } = taking([], {
    take: async () => {
      if (isFirst) {
        isFirst = false;
        return { id: 1, work: slow };
      }
      asked.resolve();
      return answer.promise;
    },
  });
  let isDone = false;
  const done = taker.done.then(() => {
    isDone = true;
  });
  await asked.promise;
  end();
  answer.reject(new Error('the connection was closed'));
  await vi.waitFor(() => expect(taker.works()).toEqual([slow]));
  expect(isDone).toBe(false);
  slow.end();
  await done;
  expect(said).toEqual([]);
});
