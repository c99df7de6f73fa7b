'use client';

import { lazy, type ReactNode } from 'react';
import { type ButtonElement, UntilWanted } from './until-wanted.tsx';

const fetchPart = () => import('./dropped-panel.tsx');
const Dropped = lazy(() => fetchPart().then((m) => ({ default: m.DroppedPanel })));

export type DropPanelProps = {
  readonly button: ButtonElement;
  /** Of the panel, for who does not see what it hangs on. */
  readonly label: string;
  readonly position: 'bottom-start' | 'bottom-end';
  /** Pixels; as wide as what is in it where it is not given. */
  readonly width?: number;
  /** There is nothing to press in it: the focus stays on the button. */
  readonly isOnlyRead?: boolean;
  /** It stands in the page behind its button, and not at the page's end. */
  readonly withinPage?: boolean;
  readonly className?: string | undefined;
  readonly children: (close: () => void) => ReactNode;
};

/** A button under which a panel opens; Escape, a press elsewhere, or the button again, closes it. */
export function DropPanel(props: DropPanelProps) {
  return (
    <UntilWanted button={props.button} opens="dialog" fetchPart={fetchPart}>
      <Dropped {...props} />
    </UntilWanted>
  );
}
