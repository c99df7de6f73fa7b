import { observeElementRect, type Rect, type Virtualizer } from '@tanstack/react-virtual';

/** How far beyond the window a box is near it: further than a page is scrolled between two frames. CSS pixels. */
const NEAR = 600;

/** What is drawn of a box that is far from the window, CSS pixels: enough for whoever gets there at once. */
export const FAR_HEIGHT = 240;

/**
 * Measures a box that scrolls, for a virtualizer, and lets it draw but its first rows until the box has come near the
 * window, or is scrolled: below the fold of a page that has just been opened, two dozen rows would take the time of what
 * is in sight.
 */
export function observeBoxNearWindow<Row extends Element>(
  instance: Virtualizer<HTMLElement, Row>,
  tell: (rect: Rect) => void,
): () => void {
  const { scrollElement } = instance;
  let near = scrollElement === null || typeof IntersectionObserver === 'undefined';
  let measured: Rect | null = null;
  const tellDrawn = () => {
    if (measured === null) return;
    tell(near ? measured : { ...measured, height: Math.min(measured.height, FAR_HEIGHT) });
  };
  const stopMeasuring = observeElementRect(instance, (rect) => {
    measured = rect;
    tellDrawn();
  });
  if (near || scrollElement === null) return () => stopMeasuring?.();
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) drawAll();
    },
    { rootMargin: `${NEAR}px 0px` },
  );
  const stopWaiting = () => {
    observer.disconnect();
    scrollElement.removeEventListener('scroll', drawAll);
  };
  function drawAll(): void {
    near = true;
    stopWaiting();
    tellDrawn();
  }
  observer.observe(scrollElement);
  // To the row of a shard that was chosen elsewhere: the last ones lie beyond what is drawn of a box that is far.
  scrollElement.addEventListener('scroll', drawAll, { passive: true });
  return () => {
    stopWaiting();
    stopMeasuring?.();
  };
}
