'use client';

import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import type { TimeWindow } from '#lib/domain/replay/filter/filter-plan.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { followsWindow, recordWindow } from '#lib/replay/wizard/change-draft.ts';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';
import { WindowFields } from './window-fields.tsx';

type Choice = 'same' | 'all' | 'own';

/** From and to when records have to have arrived, where they say when they did. */
export function RecordWindowField({ draft, edit }: StepProps) {
  const serverNow = useServerClock();
  const { window: objects, filter } = draft;
  const window = filter?.window ?? null;
  const setWindow = (next: TimeWindow | null) =>
    edit((before) => ({
      ...before,
      filter: { ...(before.filter ?? ALL_RECORDS), window: next },
    }));
  // A window of its own begins as that of the objects: which one is meant is not told by the draft then.
  const [isOwn, setIsOwn] = useState(false);
  const follows = objects !== null && followsWindow(draft);
  const choice: Choice = window === null ? 'all' : follows && !isOwn ? 'same' : 'own';
  return (
    <div className={classes.part}>
      <FieldRow>
        <NativeSelect
          label="Records that arrived"
          value={choice}
          data={[
            { value: 'all', label: 'at any time: all of the chosen objects' },
            ...(objects === null
              ? []
              : [{ value: 'same', label: 'within the window of the archive, exactly' }]),
            { value: 'own', label: 'within a window of their own' },
          ]}
          onChange={({ currentTarget: { value } }) => {
            setIsOwn(value === 'own');
            if (value === 'all') setWindow(null);
            if (value === 'same') setWindow(recordWindow(objects));
            if (value === 'own')
              setWindow(window ?? recordWindow(objects ?? lastHour(serverNow())));
          }}
          w="min(100%, 360px)"
        />
        {window !== null && (
          <NativeSelect
            label="Records whose time is not known"
            value={window.unknownTime}
            data={[
              { value: 'keep', label: 'are sent: as exact as objects are' },
              { value: 'drop', label: 'are dropped' },
            ]}
            onChange={({ currentTarget: { value } }) =>
              setWindow({ ...window, unknownTime: value === 'drop' ? 'drop' : 'keep' })
            }
            w="min(100%, 280px)"
          />
        )}
      </FieldRow>
      {choice === 'own' && window !== null && (
        <WindowFields
          key={`${window.fromMs} ${window.toMs}`}
          window={{ fromMs: window.fromMs, toMs: window.toMs - 1 }}
          all={null}
          onWindow={(next) => {
            if (next !== null) {
              setWindow({ ...window, fromMs: next.fromMs, toMs: next.toMs + 1 });
            }
          }}
        />
      )}
    </div>
  );
}

/** A beginning for who types times, where nothing was brushed; both ends within. */
function lastHour(nowMs: number) {
  const toMs = Math.floor(nowMs / 60_000) * 60_000;
  return { fromMs: toMs - 3_600_000, toMs: toMs - 1 };
}
