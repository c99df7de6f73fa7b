import { describe, expect, it } from 'vitest';
import { createIdleTurns } from './idle-turns.ts';

/** A browser whose idle moments come when the test says so. */
function idleBrowser() {
  const waiting: { readonly run: () => void; readonly timeoutMs: number }[] = [];
  return {
    turns: createIdleTurns((run, timeoutMs) => waiting.push({ run, timeoutMs })),
    timeouts: () => waiting.map(({ timeoutMs }) => timeoutMs),
    idle: () => waiting.shift()?.run(),
  };
}

describe('createIdleTurns', () => {
  it('does one piece of work an idle moment, in the order of their coming', () => {
    const browser = idleBrowser();
    const done: string[] = [];
    for (const name of ['a', 'b', 'c']) browser.turns(() => done.push(name));
    expect(done).toEqual([]);
    browser.idle();
    expect(done).toEqual(['a']);
    browser.idle();
    browser.idle();
    expect(done).toEqual(['a', 'b', 'c']);
    expect(browser.timeouts()).toEqual([]);
  });

  it('lets go first what somebody looks at, and waits less for it', () => {
    const browser = idleBrowser();
    const done: string[] = [];
    browser.turns(() => done.push('far'));
    browser.turns(() => done.push('near')).hurry();
    const [patient = 0, hurried = 0] = browser.timeouts();
    expect(hurried).toBeLessThan(patient);
    // The patient call has been overtaken by the hurried one: it does nothing of its own.
    browser.idle();
    expect(done).toEqual([]);
    browser.idle();
    expect(done).toEqual(['near']);
    browser.idle();
    expect(done).toEqual(['near', 'far']);
  });

  it('leaves out what was given up, and does not do twice what hurries too late', () => {
    const browser = idleBrowser();
    const done: string[] = [];
    const first = browser.turns(() => done.push('first'));
    const second = browser.turns(() => done.push('second'));
    browser.idle();
    first.hurry();
    second.giveUp();
    browser.idle();
    expect(done).toEqual(['first']);
    expect(browser.timeouts()).toEqual([]);
  });
});
