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
  const scrollElement = Object.assign(new EventTarget(), { clientWidth: 1_000, clientHeight: 630 });
  // Of all that a virtualizer and an element are, only this is asked for here.
  const instance = { scrollElement, targetWindow: {} } as object as Virtualizer<
    HTMLElement,
    Element
  >;
  const stop = observeBoxNearWindow(instance, ({ height }: Rect) => told.push(height));
  const scroll = () => scrollElement.dispatchEvent(new Event('scroll'));
  return { told, browser, scroll, stop };
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

it('tells all of a box that is scrolled, however far it is', () => {
  const { told, browser, scroll } = boxInBrowser();
  scroll();
  expect(told).toEqual([FAR_HEIGHT, 630]);
  expect(browser.watching).toBe(false);
  scroll();
  expect(told).toHaveLength(2);
});

it('watches no more once it is stopped', () => {
  const { told, browser, scroll, stop } = boxInBrowser();
  expect(browser.watching).toBe(true);
  stop();
  expect(browser.watching).toBe(false);
  scroll();
  expect(told).toEqual([FAR_HEIGHT]);
});
