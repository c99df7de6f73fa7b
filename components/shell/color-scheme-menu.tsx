'use client';

import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import IconContrast from '@tabler/icons-react/dist/esm/icons/IconContrast.mjs';
import IconDeviceDesktop from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import { ChoiceMenu } from '#components/primitives/choice-menu.tsx';
import { IconButton } from '#components/primitives/icon-button.tsx';

const SCHEMES = [
  { value: 'dark', label: 'Dark', icon: <IconMoon size={15} stroke={1.75} /> },
  { value: 'light', label: 'Light', icon: <IconSun size={15} stroke={1.75} /> },
  { value: 'auto', label: 'As the system', icon: <IconDeviceDesktop size={15} stroke={1.75} /> },
] as const satisfies readonly { value: MantineColorScheme; label: string; icon: unknown }[];

/** Dark, light, or as the system has it; kept in the browser. */
export function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <ChoiceMenu
      choices={SCHEMES}
      chosen={colorScheme}
      onChoose={(value) => {
        const choice = SCHEMES.find((one) => one.value === value);
        if (choice !== undefined) setColorScheme(choice.value);
      }}
      button={
        <IconButton label="Colour scheme">
          <IconContrast size={17} stroke={1.75} aria-hidden />
        </IconButton>
      }
    />
  );
}
