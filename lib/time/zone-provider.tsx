'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { UTC, type Zone } from '#lib/format/time.ts';
import { writeZoneChoice, ZONE_COOKIE, type ZoneChoice } from './zone-choice.ts';

type ZoneState = ZoneChoice & { readonly choose: (choice: ZoneChoice['choice']) => void };

const ZoneContext = createContext<ZoneState | null>(null);

const YEAR_SECONDS = 365 * 86_400;

/**
 * The zone that all times of the app are told in. Mounted once, in the layout.
 * @param props.initial what the cookie said: the server has rendered by it
 */
export function ZoneProvider(props: { initial: ZoneChoice; children: ReactNode }): ReactNode {
  const [state, setState] = useState(props.initial);
  useEffect(() => {
    // "Local" is where the reader is now: the cookie may have come from another place.
    setState((before) => (before.choice === 'local' ? local() : before));
  }, []);
  const value = useMemo<ZoneState>(
    () => ({
      ...state,
      choose: (choice) => {
        const next = choice === 'utc' ? ({ choice, zone: UTC } as const) : local();
        setState(next);
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there on plain HTTP
        document.cookie = `${ZONE_COOKIE}=${writeZoneChoice(next)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      },
    }),
    [state],
  );
  return <ZoneContext value={value}>{props.children}</ZoneContext>;
}

function local(): ZoneChoice {
  return { choice: 'local', zone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** The zone to tell times in. */
export function useZone(): Zone {
  return useZoneState().zone;
}

export function useZoneState(): ZoneState {
  const state = useContext(ZoneContext);
  if (state === null) throw new Error('Times are told inside ZoneProvider.');
  return state;
}
