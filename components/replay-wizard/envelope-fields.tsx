'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { EnvelopeMap, TimeForm } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { parseJsonPath } from '#lib/domain/replay/transform/payload/json-path.ts';
import { pathFault, pathText } from '#lib/replay/wizard/path-field.ts';

const FIELDS = [
  ['data', 'Payload in base64'],
  ['partitionKey', 'Partition key'],
  ['explicitHashKey', 'Explicit hash key'],
  ['shardId', 'Shard'],
  ['sequenceNumber', 'Sequence number'],
  ['subSequenceNumber', 'Sub-sequence number'],
] as const;

const TIME_FORMS: readonly { readonly value: TimeForm; readonly label: string }[] = [
  { value: 'iso', label: 'ISO 8601' },
  { value: 'epoch-ms', label: 'milliseconds since 1970' },
  { value: 'epoch-seconds', label: 'seconds since 1970' },
];

/** Which member of an envelope holds what; only the payload has to be there. */
export function EnvelopeFields(props: {
  readonly map: EnvelopeMap;
  readonly onChange: (map: EnvelopeMap) => void;
}) {
  const { map, onChange } = props;
  return (
    <details>
      <summary>Fields of the envelope</summary>
      <FieldRow isTop>
        {FIELDS.map(([field, label]) => (
          <PathInput
            key={field}
            label={label}
            text={map[field] === null ? '' : pathText(map[field])}
            isNeeded={field === 'data'}
            onText={(text) => {
              const path = text === '' ? null : parseJsonPath(text);
              if (field === 'data') {
                if (path !== null) onChange({ ...map, data: path });
              } else if (path !== null || text === '') onChange({ ...map, [field]: path });
            }}
          />
        ))}
        <PathInput
          label="Arrival"
          text={map.arrival === null ? '' : pathText(map.arrival.path)}
          isNeeded={false}
          onText={(text) => {
            const path = text === '' ? null : parseJsonPath(text);
            if (path === null && text !== '') return;
            onChange({
              ...map,
              arrival: path === null ? null : { path, form: map.arrival?.form ?? 'iso' },
            });
          }}
        />
        <NativeSelect
          label="Arrival is written as"
          value={map.arrival?.form ?? 'iso'}
          disabled={map.arrival === null}
          data={[...TIME_FORMS]}
          onChange={({ currentTarget: { value } }) => {
            const form = TIME_FORMS.find((one) => one.value === value)?.value;
            if (form === undefined || map.arrival === null) return;
            onChange({ ...map, arrival: { ...map.arrival, form } });
          }}
        />
      </FieldRow>
      <Quiet>Names with dots between them; empty: the envelope has none.</Quiet>
    </details>
  );
}

/** A path as it is typed; told as soon as it is one. */
function PathInput(props: {
  readonly label: string;
  readonly text: string;
  readonly isNeeded: boolean;
  readonly onText: (text: string) => void;
}) {
  const [text, setText] = useState(props.text);
  const fault =
    props.isNeeded && text === '' ? 'The payload has to be somewhere.' : pathFault(text);
  return (
    <TextInput
      label={props.label}
      value={text}
      error={fault}
      autoComplete="off"
      spellCheck={false}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        if (pathFault(value) === null) props.onText(value);
      }}
      w={186}
    />
  );
}
