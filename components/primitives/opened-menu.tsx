'use client';

import { Menu } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { cloneElement } from 'react';
import type { ChoiceMenuProps } from './choice-menu.tsx';
import { useOpenAtOnce } from './until-wanted.tsx';

/** The menu of a `ChoiceMenu`, with its button: comes opened. */
export function OpenedMenu({ button, choices, chosen, onChoose }: ChoiceMenuProps) {
  const { target, opened, setOpened } = useOpenAtOnce();
  return (
    // The placeholder stands in the menu as an element that takes the focus and is no item; in a portal the menu
    // would stand outside all landmarks.
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={176}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>{cloneElement(button, { ref: target })}</Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={chosen} onChange={onChoose}>
          {choices.map(({ value, label, icon }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} stroke={2} />}
              rightSection={icon}
            >
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
