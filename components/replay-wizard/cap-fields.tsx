'use client';

import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import { capText, readCap } from '#lib/replay/wizard/cap-text.ts';
import { readPositive } from '#lib/replay/wizard/number-field.ts';

/** A cap in both units, each of which may be left open. */
export function CapFields(props: {
  readonly label: string;
  readonly cap: Rates | null;
  readonly onChange: (cap: Rates | null) => void;
}) {
  const { label, cap, onChange } = props;
  const [text, setText] = useState(() => capText(cap));
  const faultOf = (typed: string) =>
    typed.trim() === '' || readPositive(typed) !== null
      ? null
      : 'Takes a number above 0, or nothing.';
  const change = (part: Partial<typeof text>) => {
    const next = { ...text, ...part };
    setText(next);
    const read = readCap(next);
    if (read !== false) onChange(read);
  };
  return (
    <FieldRow isTop>
      <NumberField
        label={`At most, ${label}`}
        unit="MiB/s"
        value={text.mebibytes}
        fault={faultOf(text.mebibytes)}
        onChange={(mebibytes) => change({ mebibytes })}
      />
      <NumberField
        label={`At most, ${label}`}
        unit="rec/s"
        value={text.records}
        fault={faultOf(text.records)}
        onChange={(records) => change({ records })}
      />
    </FieldRow>
  );
}
