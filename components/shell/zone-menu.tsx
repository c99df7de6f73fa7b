'use client';

import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import { ChoiceMenu } from '#components/primitives/choice-menu.tsx';
import { zoneName } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useZoneState } from '#lib/time/zone-provider.tsx';
import classes from './zone-menu.module.css';

const CHOICES = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'Local time' },
] as const;

/** Which clock all times of the app are told by; kept in the browser. */
export function ZoneMenu() {
  const { choice, zone, choose } = useZoneState();
  const nowMs = useServerNow(60_000);
  return (
    <ChoiceMenu
      choices={CHOICES}
      chosen={choice}
      onChoose={(value) => {
        const chosen = CHOICES.find((one) => one.value === value);
        if (chosen !== undefined) choose(chosen.value);
      }}
      button={
        <button
          type="button"
          className={classes.zone}
          aria-label={`Times are in ${zoneName(zone, nowMs)}`}
          title={`Times are in ${zone}`}
        >
          <IconClock size={15} stroke={1.75} aria-hidden />
          <span className={classes.name}>{zoneName(zone, nowMs)}</span>
        </button>
      }
    />
  );
}
