'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import { sourceFault } from '#lib/replay/source-fault.ts';
import { withSource } from '#lib/replay/wizard/change-draft.ts';
import { readWhole } from '#lib/replay/wizard/number-field.ts';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';

const MINUTE_MS = 60_000;
/** What Firehose buffers for at most (BufferingHints, API reference). */
const PADDING_MINUTES_DEFAULT = '15';

/** Where an archive lies that was not found by itself, or is written otherwise than was told. */
export function ArchiveByHand({
  connection,
  draft,
  edit,
}: StepProps & { readonly connection: string }) {
  const { source } = draft;
  const { rows } = useStreamRows();
  const [bucket, setBucket] = useState(source?.bucket ?? '');
  const [prefix, setPrefix] = useState(source?.prefix ?? '');
  const [timeZone, setTimeZone] = useState(source?.timeZone ?? 'UTC');
  const [minutes, setMinutes] = useState(
    source === null ? PADDING_MINUTES_DEFAULT : String(source.paddingMs / MINUTE_MS),
  );
  const [streamArn, setStreamArn] = useState(draft.sourceStreamArn ?? '');
  const paddingMinutes = readWhole(minutes);
  const given = {
    connection,
    bucket: bucket.trim(),
    prefix: prefix.trim(),
    timeZone: timeZone.trim(),
    paddingMs: (paddingMinutes ?? 0) * MINUTE_MS,
  };
  const fault = bucket.trim() === '' ? 'Name the bucket.' : sourceFault(given);
  const isWhole = fault === null && paddingMinutes !== null;
  return (
    <details>
      <summary>Say where an archive lies, or mend what was told of one</summary>
      <form
        className={classes.part}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole) return;
          edit((before) => withSource(before, given, streamArn === '' ? null : streamArn));
        }}
        aria-label="Archive by hand"
      >
        <FieldRow isTop>
          <TextInput
            label="Bucket"
            value={bucket}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setBucket(event.currentTarget.value)}
            w={240}
          />
          <TextInput
            label="Prefix, up to the folders of the time"
            placeholder="tweets/"
            value={prefix}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setPrefix(event.currentTarget.value)}
            w={300}
          />
          <TextInput
            label="Time zone of the keys"
            value={timeZone}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTimeZone(event.currentTarget.value)}
            w={186}
          />
          <NumberField
            label="Buffer interval"
            unit="min"
            value={minutes}
            fault={paddingMinutes === null ? 'Takes whole minutes, 0 or more.' : null}
            onChange={setMinutes}
          />
          <NativeSelect
            label="Stream that it was made of"
            value={streamArn}
            data={[{ value: '', label: 'Not known' }, ...knownStreams(rows, draft.sourceStreamArn)]}
            onChange={(event) => setStreamArn(event.currentTarget.value)}
            w={240}
          />
        </FieldRow>
        <Quiet>
          An object is named by its oldest record: what is read reaches one buffer interval further
          to both sides of the window. Where the stream is known, going back into it needs its name
          typed.
        </Quiet>
        <Quiet>
          What a channel of an on-demand stream wrote to S3 is not found by itself: name its bucket
          and prefix here, and look in step 2 whether compression (none, gzip or Zstandard) and
          format are found as the channel was told to write them.
        </Quiet>
        <div className={classes.buttons}>
          <Button type="submit" disabled={!isWhole}>
            Use this archive
          </Button>
          {fault !== null && <Quiet as="span">{fault}</Quiet>}
        </div>
      </form>
    </details>
  );
}

/** With the one that was chosen, which may be gone. */
function knownStreams(
  streams: readonly { readonly streamArn: string; readonly streamName: string }[],
  chosen: string | null,
): { value: string; label: string }[] {
  const known = streams.map(({ streamArn, streamName }) => ({
    value: streamArn,
    label: streamName,
  }));
  return chosen === null || known.some(({ value }) => value === chosen)
    ? known
    : [...known, { value: chosen, label: chosen }];
}
