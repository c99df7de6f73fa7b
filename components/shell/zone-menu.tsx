'use client';

import { Menu } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import { zoneName } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useZoneState } from '#lib/time/zone-provider.tsx';
import classes from './zone-menu.module.css';

const CHOICES = [
  { choice: 'utc', label: 'UTC' },
  { choice: 'local', label: 'Local time' },
] as const;

/** Which clock all times of the app are told by; kept in the browser. */
export function ZoneMenu() {
  const { choice, zone, choose } = useZoneState();
  const nowMs = useServerNow(60_000);
  return (
    // See ColorSchemeMenu for these two.
    <Menu
      position="bottom-end"
      width={176}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          className={classes.zone}
          aria-label={`Times are in ${zoneName(zone, nowMs)}`}
          title={`Times are in ${zone}`}
        >
          <IconClock size={15} stroke={1.75} aria-hidden />
          <span className={classes.name}>{zoneName(zone, nowMs)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={choice}
          onChange={(value) => {
            const chosen = CHOICES.find((one) => one.choice === value);
            if (chosen !== undefined) choose(chosen.choice);
          }}
        >
          {CHOICES.map((one) => (
            <Menu.RadioItem
              key={one.choice}
              value={one.choice}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} stroke={2} />}
            >
              {one.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
