'use client';

import { Checkbox, NativeSelect } from '@mantine/core';
import { FieldRow } from '#components/primitives/field-row.tsx';
import type { Compression } from '#lib/domain/replay/transform/decompress/decompress.ts';
import { withFormat } from '#lib/replay/wizard/change-draft.ts';
import {
  COMPRESSION_WORDS,
  choiceOfFormat,
  FORMAT_CHOICES,
} from '#lib/replay/wizard/format-choices.ts';
import { EnvelopeFields } from './envelope-fields.tsx';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';

const COMPRESSIONS = Object.entries(COMPRESSION_WORDS).map(([value, label]) => ({ value, label }));
const OWN = 'own';

/** Format and compression by name, for who knows better than what was found. */
export function FormatFields({
  draft,
  edit,
  sniffed,
}: StepProps & { readonly sniffed: Compression | null }) {
  const { transform } = draft;
  const format = transform?.format ?? null;
  const choice = format === null ? null : choiceOfFormat(format);
  const compression = transform?.compression ?? sniffed ?? 'gzip';
  return (
    <div className={classes.part}>
      <FieldRow>
        <NativeSelect
          label="Records are"
          value={format === null ? '' : (choice?.id ?? OWN)}
          data={[
            ...(format === null ? [{ value: '', label: 'Choose…' }] : []),
            ...FORMAT_CHOICES.map(({ id, label }) => ({ value: id, label })),
            ...(format !== null && choice === null
              ? [{ value: OWN, label: 'Envelope with fields of its own' }]
              : []),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const next = FORMAT_CHOICES.find(({ id }) => id === value);
            if (next !== undefined) edit((before) => withFormat(before, next.format, compression));
          }}
          w="min(100%, 380px)"
        />
        <NativeSelect
          label="Compression"
          value={compression}
          disabled={transform === null}
          data={COMPRESSIONS}
          onChange={({ currentTarget: { value } }) => {
            if (transform === null || !isCompression(value)) return;
            edit((before) => withFormat(before, transform.format, value));
          }}
        />
        {transform !== null && (
          <Checkbox
            label="Take aggregates of the KPL apart"
            description="Put as they are, consumers drop an aggregate whose records belong to several shards."
            checked={transform.deaggregates}
            onChange={({ currentTarget: { checked } }) =>
              edit((before) =>
                before.transform === null
                  ? before
                  : { ...before, transform: { ...before.transform, deaggregates: checked } },
              )
            }
          />
        )}
      </FieldRow>
      {format?.kind === 'envelope' && (
        <EnvelopeFields
          key={choice?.id ?? OWN}
          map={format.map}
          onChange={(map) =>
            edit((before) => withFormat(before, { kind: 'envelope', map }, compression))
          }
        />
      )}
    </div>
  );
}

function isCompression(value: string): value is Compression {
  return value in COMPRESSION_WORDS;
}
