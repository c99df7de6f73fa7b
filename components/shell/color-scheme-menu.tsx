'use client';

import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconContrast from '@tabler/icons-react/dist/esm/icons/IconContrast.mjs';
import IconDeviceDesktop from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import { useAlive } from '#lib/live/use-alive.ts';

const SCHEMES = [
  { scheme: 'dark', label: 'Dark', Icon: IconMoon },
  { scheme: 'light', label: 'Light', Icon: IconSun },
  { scheme: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
] as const satisfies readonly { scheme: MantineColorScheme; label: string; Icon: unknown }[];

/** Dark, light, or as the system has it; kept in the browser. */
export function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The choice lives in the browser: the server's HTML, and the first render, cannot know it.
  const inBrowser = useAlive();
  const chosen = inBrowser ? colorScheme : null;
  return (
    // The placeholder stands in the menu as an element that takes the focus and is no item; in a portal the menu
    // would stand outside all landmarks.
    <Menu
      position="bottom-end"
      width={176}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label="Colour scheme"
          c="var(--k-ink-2)"
        >
          <IconContrast size={17} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={chosen}
          onChange={(value) => {
            const choice = SCHEMES.find(({ scheme }) => scheme === value);
            if (choice !== undefined) setColorScheme(choice.scheme);
          }}
        >
          {SCHEMES.map(({ scheme, label, Icon }) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} stroke={2} />}
              rightSection={<Icon size={15} stroke={1.75} />}
            >
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
