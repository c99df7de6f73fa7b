'use client';

import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { IconButton } from '#components/primitives/icon-button.tsx';
import { usePause } from '#lib/live/live-provider.tsx';

/** Makes the figures of the tab stand still, so that they can be read, and lets them catch up. */
export function PauseButton() {
  const { pausedAtMs, pause, resume } = usePause();
  const paused = pausedAtMs !== null;
  const what = paused ? 'Resume: let figures catch up' : 'Pause: let figures stand still';
  return (
    <IconButton label={what} aria-pressed={paused} title={what} onClick={paused ? resume : pause}>
      {paused ? (
        <IconPlayerPlay size={17} stroke={1.75} />
      ) : (
        <IconPlayerPause size={17} stroke={1.75} />
      )}
    </IconButton>
  );
}
