'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { type RingWindow, WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import { movePlace, type StripMove } from '#lib/strip/move-place.ts';
import { brush, panBy, zoomAt } from '#lib/strip/ring-window.ts';
import { ZOOM_STEP } from './strip-toolbar.tsx';

/** A press that moves less is a click, CSS pixels. */
const BRUSH_MIN = 6;
/** Of a wheel: so many CSS pixels of scrolling halve what is seen. */
const WHEEL_HALF = 240;
const PAN_STEP = 0.5;

/** Two shares of the window between which somebody draws. */
export type Brushed = { readonly from: number; readonly to: number };

type StripInputArgs = {
  /** The box that the shares are of. */
  readonly box: RefObject<HTMLElement | null>;
  readonly window: RingWindow;
  readonly onWindow: (window: RingWindow) => void;
  readonly openCount: number;
  /** Where the keyboard stands; null where it has not been used yet. */
  readonly place: number | null;
  readonly onMove: (move: StripMove) => void;
  /** Keyboard focus came. */
  readonly onEnter: () => void;
  readonly onLeave: () => void;
  /** `touched`: by a finger, which leaves nothing behind to hover with. */
  readonly onPick: (share: number, touched: boolean) => void;
  readonly onPickWalked: () => void;
  readonly onEscape: () => void;
};

/**
 * Pointer, wheel and keys of the strip. Drawing over it zooms to what was drawn over; so does a wheel with
 * Ctrl held, as which browsers send a pinch too; a wheel alone scrolls the page, as everywhere.
 */
export function useStripInput(args: StripInputArgs) {
  const { box, window, onWindow, openCount, place } = args;
  const [hovered, setHovered] = useState<number | null>(null);
  const [brushed, setBrushed] = useState<Brushed | null>(null);
  const pressed = useRef<{ readonly share: number; readonly x: number } | null>(null);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds === undefined) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const anchor = (event.clientX - bounds.left) / bounds.width;
      onWindow(zoomAt(window, anchor, 2 ** (event.deltaY / WHEEL_HALF)));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) && window.to - window.from < 1) {
      event.preventDefault();
      onWindow(panBy(window, event.deltaX / bounds.width));
    }
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const listener = (event: WheelEvent) => onWheel(event);
    // React listens passively, where nothing can be prevented.
    element.addEventListener('wheel', listener, { passive: false });
    return () => element.removeEventListener('wheel', listener);
  }, [box]);

  const shareOf = (event: PointerEvent<HTMLElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return (event.clientX - bounds.left) / bounds.width;
  };

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = windowOfKey(event.key, event.shiftKey, window);
    if (next !== null) {
      event.preventDefault();
      onWindow(next);
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      args.onPickWalked();
      return;
    }
    if (event.key === 'Escape') {
      setHovered(null);
      args.onEscape();
      return;
    }
    const move = movePlace(place ?? 0, event.key, openCount);
    if (move === null) return;
    event.preventDefault();
    setHovered(null);
    args.onMove(move);
  }

  return {
    hovered,
    brushed,
    handlers: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const share = shareOf(event);
        const from = pressed.current;
        if (from !== null && (brushed !== null || Math.abs(event.clientX - from.x) >= BRUSH_MIN)) {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) {
            event.currentTarget.setPointerCapture(event.pointerId);
          }
          setBrushed({ from: from.share, to: share });
          setHovered(null);
          return;
        }
        setHovered(Math.min(1, Math.max(0, share)));
      },
      onPointerLeave: () => setHovered(null),
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button === 0) pressed.current = { share: shareOf(event), x: event.clientX };
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const from = pressed.current;
        pressed.current = null;
        setBrushed(null);
        if (from === null) return;
        if (brushed !== null) onWindow(brush(window, brushed.from, brushed.to));
        else args.onPick(shareOf(event), event.pointerType !== 'mouse');
      },
      onPointerCancel: () => {
        pressed.current = null;
        setBrushed(null);
      },
      onFocus: (event: { currentTarget: HTMLElement }) => {
        if (event.currentTarget.matches(':focus-visible')) args.onEnter();
      },
      onBlur: args.onLeave,
      onKeyDown,
    },
  };
}

function windowOfKey(key: string, shift: boolean, window: RingWindow): RingWindow | null {
  switch (key) {
    case '+':
    case '=':
      return zoomAt(window, 0.5, 1 / ZOOM_STEP);
    case '-':
    case '_':
      return zoomAt(window, 0.5, ZOOM_STEP);
    case '0':
      return WHOLE_WINDOW;
    case 'ArrowLeft':
      return shift ? panBy(window, -PAN_STEP) : null;
    case 'ArrowRight':
      return shift ? panBy(window, PAN_STEP) : null;
    default:
      return null;
  }
}
