'use client';

import { Radio, Slider } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import { readPositive, readWhole } from '#lib/replay/wizard/number-field.ts';
import { CapFields } from './cap-fields.tsx';
import classes from './replay-wizard.module.css';

type PaceKind = 'maximum' | 'original' | 'times';

/** The pace and its bounds. */
export function PaceFields(props: {
  readonly pace: PaceSettings;
  readonly onChange: (change: Partial<PaceSettings>) => void;
}) {
  const { pace, onChange } = props;
  const speed = pace.pace.kind === 'timed' ? pace.pace.speed : null;
  const [isTimes, setIsTimes] = useState(speed !== null && speed !== 1);
  const kind: PaceKind = speed === null ? 'maximum' : isTimes ? 'times' : 'original';
  const [speedText, setSpeedText] = useState(String(speed ?? 10));
  const [idleText, setIdleText] = useState(String(pace.idleGapMs / 1_000));

  function choose(value: string): void {
    setIsTimes(value === 'times');
    if (value === 'maximum') onChange({ pace: { kind: 'maximum' } });
    if (value === 'original') onChange({ pace: { kind: 'timed', speed: 1 } });
    if (value === 'times') {
      onChange({ pace: { kind: 'timed', speed: readPositive(speedText) ?? 10 } });
    }
  }

  return (
    <>
      <Radio.Group label="Pace" value={kind} onChange={choose}>
        <div className={classes.choices}>
          <Radio
            value="maximum"
            label="Maximum"
            description="As fast as the bounds below allow; all workers share it."
          />
          <Radio
            value="original"
            label="Original speed"
            description="As the records arrived then. Needs their times, and is done by one worker."
          />
          <Radio value="times" label="A multiple of the original speed" />
        </div>
      </Radio.Group>
      {speed !== null && (
        <FieldRow isTop>
          {isTimes && (
            <NumberField
              label="Speed"
              unit="times the original"
              value={speedText}
              fault={
                readPositive(speedText) === null ? 'Takes a number above 0, as 10 or 0.5.' : null
              }
              onChange={(text) => {
                setSpeedText(text);
                // Nothing is kept as 0, which the step names as missing.
                onChange({ pace: { kind: 'timed', speed: readPositive(text) ?? 0 } });
              }}
            />
          )}
          <NumberField
            label="Longest pause"
            unit="s"
            value={idleText}
            fault={readWhole(idleText) === null ? 'Takes whole seconds, 0 or more.' : null}
            onChange={(text) => {
              setIdleText(text);
              const seconds = readWhole(text);
              if (seconds !== null) onChange({ idleGapMs: seconds * 1_000 });
            }}
          />
        </FieldRow>
      )}
      <div className={classes.slider}>
        <span className={classes.sliderLabel} id="replay-free-share">
          Share of what live traffic leaves free of each shard: {Math.round(pace.freeShare * 100)} %
        </span>
        <Slider
          aria-labelledby="replay-free-share"
          thumbLabel="Share of free capacity"
          min={1}
          max={100}
          label={(percent) => `${percent} %`}
          value={Math.round(pace.freeShare * 100)}
          onChange={(percent) => onChange({ freeShare: percent / 100 })}
        />
      </div>
      <details>
        <summary>Absolute caps</summary>
        <div className={classes.part}>
          <CapFields
            label="each shard"
            cap={pace.shardCap}
            onChange={(shardCap) => onChange({ shardCap })}
          />
          <CapFields
            label="all shards together"
            cap={pace.totalCap}
            onChange={(totalCap) => onChange({ totalCap })}
          />
          <Quiet>
            Hold whatever is free. Where live traffic is not known, the cap of each shard is the
            only bound. Empty: no cap.
          </Quiet>
        </div>
      </details>
    </>
  );
}
