'use client';

import { Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { countOf } from '#lib/format/count.ts';
import { readKeys } from '#lib/replay/wizard/keys-text.ts';
import classes from './replay-wizard.module.css';

/** Only records of some partition keys, one a line as they are: spaces belong to a key. */
export function KeysField(props: {
  readonly keys: readonly string[] | null;
  /** An example: the key that most of the sample have. */
  readonly largest: string | null;
  readonly onChange: (keys: readonly string[] | null) => void;
}) {
  const { keys, largest, onChange } = props;
  const [text, setText] = useState(keys?.join('\n') ?? '');
  const read = readKeys(text);
  return (
    <div className={classes.part}>
      <Checkbox
        label="Only some partition keys"
        checked={keys !== null}
        onChange={({ currentTarget: { checked } }) => onChange(checked ? read : null)}
      />
      {keys !== null && (
        <Textarea
          label={`Partition keys, one a line: ${countOf(read.length, 'key')}`}
          placeholder={largest ?? undefined}
          value={text}
          error={read.length === 0 ? 'Write at least one key: without any, nothing is sent.' : null}
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            onChange(readKeys(value));
          }}
          w="min(100%, 480px)"
        />
      )}
    </div>
  );
}
