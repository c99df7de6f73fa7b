'use client';

import { Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import type { Sampling } from '#lib/domain/replay/filter/filter-plan.ts';
import { readPositive } from '#lib/replay/wizard/number-field.ts';

/** Some of the records, the same ones in each run. */
export function SamplingField(props: {
  readonly sampling: Sampling | null;
  readonly onChange: (sampling: Sampling | null) => void;
}) {
  const { sampling, onChange } = props;
  const [text, setText] = useState(String((sampling?.share ?? 0.1) * 100));
  const percent = readPositive(text);
  const isShare = percent !== null && percent <= 100;
  return (
    <FieldRow>
      <Checkbox
        label="Only a sample"
        checked={sampling !== null}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? { share: isShare ? percent / 100 : 0.1, by: 'key' } : null)
        }
      />
      {sampling !== null && (
        <>
          <NumberField
            label="Of it"
            unit="%"
            value={text}
            fault={isShare ? null : 'Takes more than 0 % and at most 100 %.'}
            onChange={(value) => {
              setText(value);
              const read = readPositive(value);
              // What is no share is kept as none, so that the step says that something is missing.
              onChange({ ...sampling, share: read === null ? 0 : read / 100 });
            }}
          />
          <NativeSelect
            label="Chosen"
            value={sampling.by}
            data={[
              { value: 'key', label: 'by key: all records of some keys' },
              { value: 'record', label: 'by record: some records of any key' },
            ]}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...sampling, by: value === 'record' ? 'record' : 'key' })
            }
            w="min(100%, 300px)"
          />
        </>
      )}
    </FieldRow>
  );
}
