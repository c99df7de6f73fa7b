'use client';

import { Radio } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import type { PaceSettings } from '#lib/domain/replay/settings.ts';
import { readPositive } from '#lib/replay/wizard/number-field.ts';
import { ORDER_CHOICES } from '#lib/replay/wizard/pace-words.ts';
import { PaceEstimatePanel } from './pace-estimate-panel.tsx';
import { PaceFields } from './pace-fields.tsx';
import classes from './replay-wizard.module.css';
import type { RunStepProps } from './step-props.ts';
import { UnknownTraffic } from './unknown-traffic.tsx';
import { useTarget } from './use-target.ts';

/** How fast it goes, what it leaves to live traffic, and which order is kept: what each costs moves with it. */
export function PaceStep({ run, draft, edit }: RunStepProps) {
  const { data: target } = useTarget(draft, draft.target);
  // Fields keep what is typed into them: what was filled in for a person is seen by new ones.
  const [filledIn, setFilledIn] = useState(0);
  const setPace = (change: Partial<PaceSettings>) =>
    edit((before) => ({ ...before, pace: { ...before.pace, ...change } }));
  return (
    <>
      {target !== undefined && (
        <UnknownTraffic
          target={target}
          shardCap={draft.pace.shardCap}
          onCap={(shardCap) => {
            setPace({ shardCap });
            setFilledIn((times) => times + 1);
          }}
        />
      )}
      <PaceFields key={filledIn} pace={draft.pace} onChange={setPace} />
      <PaceEstimatePanel run={run} draft={draft} target={target ?? null} />
      <Radio.Group
        label="Order that is kept"
        value={draft.order ?? ''}
        onChange={(value) => {
          const choice = ORDER_CHOICES.find(({ order }) => order === value);
          if (choice !== undefined) edit((before) => ({ ...before, order: choice.order }));
        }}
      >
        <div className={classes.choices}>
          {ORDER_CHOICES.map(({ order, label, detail }) => (
            <Radio
              key={order}
              value={order}
              label={label}
              description={
                order !== 'none' && target?.isByKey === false
                  ? `${detail} ${target.streamName} spreads records by itself, so it cannot be kept there.`
                  : detail
              }
            />
          ))}
        </div>
      </Radio.Group>
      <QuarantineField draft={draft} edit={edit} />
    </>
  );
}

/** When so much cannot be sent that something is wrong with the plan. */
function QuarantineField({ draft, edit }: Pick<RunStepProps, 'draft' | 'edit'>) {
  const { quarantine } = draft;
  const [text, setText] = useState(String(Number((quarantine.share * 100).toFixed(4))));
  const percent = text.trim() === '0' ? 0 : readPositive(text);
  const isShare = percent !== null && percent <= 100;
  return (
    <FieldRow isTop>
      <NumberField
        label="Pause when in quarantine are more than"
        unit="%"
        value={text}
        fault={isShare ? null : 'Takes 0 % to 100 %.'}
        onChange={(value) => {
          setText(value);
          const read = value.trim() === '0' ? 0 : readPositive(value);
          if (read === null || read > 100) return;
          edit((before) => ({
            ...before,
            quarantine: { ...before.quarantine, share: read / 100 },
          }));
        }}
      />
      <Quiet>
        What cannot be sent is kept with its reason, to be looked at, downloaded or replayed. Judged
        once {quarantine.unitsMin} records were decoded.
      </Quiet>
    </FieldRow>
  );
}
