'use client';

import { CloseButton, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { Button } from '#components/primitives/button.tsx';
import { TAGS_MAX } from '#lib/domain/stream-rules.ts';
import { lineFaults, type TagLine, withEmptyLine } from '#lib/stream-admin/tag-draft.ts';
import classes from './tag-editor.module.css';

/** Tags as lines of key and value. */
export function TagEditor(props: {
  readonly lines: readonly TagLine[];
  readonly onChange: (lines: readonly TagLine[]) => void;
}) {
  const { lines, onChange } = props;
  const faults = lineFaults(lines);
  const write = (changed: TagLine) =>
    onChange(lines.map((line) => (line.id === changed.id ? changed : line)));
  return (
    <fieldset className={classes.editor}>
      <legend className={classes.legend}>Tags</legend>
      {lines.map((line, i) => (
        <div key={line.id} className={classes.line}>
          <TextInput
            aria-label={`Key of tag ${i + 1}`}
            placeholder="Key"
            value={line.key}
            error={faults.get(line.id)}
            autoComplete="off"
            onChange={(event) => write({ ...line, key: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Value of tag ${i + 1}`}
            placeholder="Value"
            value={line.value}
            autoComplete="off"
            onChange={(event) => write({ ...line, value: event.currentTarget.value })}
          />
          <CloseButton
            size="sm"
            aria-label={`Remove tag ${line.key || i + 1}`}
            onClick={() => onChange(lines.filter(({ id }) => id !== line.id))}
          />
        </div>
      ))}
      <Button
        className={classes.add}
        disabled={lines.length >= TAGS_MAX}
        onClick={() => onChange(withEmptyLine(lines))}
      >
        <IconPlus size={14} stroke={1.75} aria-hidden />
        Add a tag
      </Button>
    </fieldset>
  );
}
