'use client';

import { Popover } from '@mantine/core';
import { cloneElement } from 'react';
import type { DropPanelProps } from './drop-panel.tsx';
import { useOpenAtOnce } from './until-wanted.tsx';

/** The panel of a `DropPanel`, with its button: comes opened. */
export function DroppedPanel(props: DropPanelProps) {
  const { button, label, position, width, className, children } = props;
  const { target, opened, setOpened } = useOpenAtOnce();
  const traps = props.isOnlyRead !== true;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position={position}
      withinPortal={props.withinPage !== true}
      trapFocus={traps}
      returnFocus={traps}
      {...(width !== undefined && { width })}
    >
      <Popover.Target>
        {cloneElement(button, {
          ref: target,
          onClick: () => setOpened(!opened),
          // Where the focus stays here, Mantine does not listen for it.
          onKeyDown: ({ key }) => {
            if (key === 'Escape') setOpened(false);
          },
        })}
      </Popover.Target>
      <Popover.Dropdown aria-label={label} {...(className !== undefined && { className })}>
        {children(() => setOpened(false))}
      </Popover.Dropdown>
    </Popover>
  );
}
