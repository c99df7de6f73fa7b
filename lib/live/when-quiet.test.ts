import { expect, it } from 'vitest';
import { createQuietTeller } from './when-quiet.ts';

/** A browser that is idle as soon as it is asked, on a clock that the test moves. */
function browser() {
  let nowMs = 10_000;
  let timers: { readonly run: () => void; readonly atMs: number }[] = [];
  const teller = createQuietTeller({
    whenIdle: (run) => run(),
    now: () => nowMs,
    wait: (run, ms) => void timers.push({ run, atMs: nowMs + ms }),
  });
  return {
    ...teller,
    goOn(ms: number) {
      for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 50) {
        const due = timers.filter(({ atMs }) => atMs <= nowMs);
        timers = timers.filter((timer) => !due.includes(timer));
        for (const { run } of due) run();
      }
    },
  };
}

it('is quiet at once where the user has done nothing', () => {
  const { whenQuiet } = browser();
  const ran: string[] = [];
  whenQuiet(() => ran.push('work'), 1_500);
  expect(ran).toEqual(['work']);
});

it('waits until the user has done nothing for a while, and runs once', () => {
  const { heardUser, whenQuiet, goOn } = browser();
  const ran: string[] = [];
  heardUser();
  whenQuiet(() => ran.push('work'), 1_500);
  goOn(300);
  heardUser();
  goOn(300);
  expect(ran).toEqual([]);
  goOn(300);
  expect(ran).toEqual(['work']);
  goOn(3_000);
  expect(ran).toEqual(['work']);
});

it('waits no longer than it is told for a user who is never quiet', () => {
  const { heardUser, whenQuiet, goOn } = browser();
  const ran: string[] = [];
  heardUser();
  whenQuiet(() => ran.push('work'), 1_500);
  for (let i = 0; i < 14; i += 1) {
    goOn(100);
    heardUser();
  }
  expect(ran).toEqual([]);
  goOn(200);
  expect(ran).toEqual(['work']);
});
