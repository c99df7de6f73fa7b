'use client';

import {
  type ComponentProps,
  cloneElement,
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useRef,
  useState,
} from 'react';
import { LatePart } from './late-part.tsx';

export type ButtonElement = ReactElement<ComponentProps<'button'>>;

type UntilWantedProps = {
  readonly button: ButtonElement;
  readonly opens: 'dialog' | 'menu';
  /** Fetches the script of `children`: begun when somebody comes near. */
  readonly fetchPart: () => Promise<unknown>;
  /** The same button with all that it opens, lazy: it stands in the button's place once that was pressed. */
  readonly children: ReactNode;
};

/**
 * A button that opens something, as long as nobody has pressed it: what places panels and menus beside their buttons is
 * more script than all buttons of a page, and few of them are pressed.
 */
export function UntilWanted({ button, opens, fetchPart, children }: UntilWantedProps) {
  const [wanted, setWanted] = useState(false);
  const comeNear = () => {
    // Where it cannot be fetched, the press that follows says so.
    fetchPart().catch(() => undefined);
  };
  const alone = cloneElement(button, {
    'aria-haspopup': opens,
    'aria-expanded': false,
    onPointerEnter: comeNear,
    onFocus: comeNear,
    onClick: () => setWanted(true),
  });
  if (!wanted) return alone;
  return (
    <LatePart>
      <Suspense fallback={alone}>{children}</Suspense>
    </LatePart>
  );
}

/** For what stands in the place of a pressed button: it takes the focus that the button had, and opens. */
export function useOpenAtOnce() {
  const target = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    // Whoever closes it is to be back here.
    target.current?.focus();
    setOpened(true);
  }, []);
  return { target, opened, setOpened };
}
