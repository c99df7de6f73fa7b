'use client';

import { lazy, type ReactNode } from 'react';
import { type ButtonElement, UntilWanted } from './until-wanted.tsx';

const fetchPart = () => import('./opened-menu.tsx');
const Opened = lazy(() => fetchPart().then((m) => ({ default: m.OpenedMenu })));

export type ChoiceMenuProps = {
  readonly button: ButtonElement;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly icon?: ReactNode;
  }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
};

/** A button with a menu of which one is chosen. */
export function ChoiceMenu(props: ChoiceMenuProps) {
  return (
    <UntilWanted button={props.button} opens="menu" fetchPart={fetchPart}>
      <Opened {...props} />
    </UntilWanted>
  );
}
