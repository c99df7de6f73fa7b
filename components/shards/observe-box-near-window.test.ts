import type { Rect, Virtualizer } from '@tanstack/react-virtual';
import { afterEach, expect, it, vi } from 'vitest';
import { FAR_HEIGHT, observeBoxNearWindow } from './observe-box-near-window.ts';

/** A box of 1,000 x 630 in a browser that tells of its being near when the test says so. */
function boxInBrowser() {
  const told: number[] = [];
  const browser = { come: (_near: boolean) => {}, watching: false };
  class Observer {
    constructor(tell: (entries: readonly { readonly isIntersecting: boolean }[]) => void) {
      browser.come = (near) => tell([{ isIntersecting: near }]);
    }
    observe() {
      browser.watching = true;
    }
    disconnect() {
      browser.watching = false;
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer);
  const scrollElement = { clientWidth: 1_000, clientHeight: 630 };
  // Of all that a virtualizer is, where it scrolls and in what window is asked for here.
  const instance = { scrollElement, targetWindow: {} } as Partial<
    Virtualizer<HTMLElement, Element>
  > as Virtualizer<HTMLElement, Element>;
  const stop = observeBoxNearWindow(instance, ({ height }: Rect) => told.push(height));
  return { told, browser, stop };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('tells the first rows of a box that is far from the window, and all of it once it has come near', () => {
  const { told, browser } = boxInBrowser();
  expect(told).toEqual([FAR_HEIGHT]);
  browser.come(false);
  expect(told).toEqual([FAR_HEIGHT]);
  browser.come(true);
  expect(told).toEqual([FAR_HEIGHT, 630]);
  expect(browser.watching).toBe(false);
});

it('watches no more once it is stopped', () => {
  const { browser, stop } = boxInBrowser();
  expect(browser.watching).toBe(true);
  stop();
  expect(browser.watching).toBe(false);
});
