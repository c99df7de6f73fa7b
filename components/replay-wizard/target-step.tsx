'use client';

import { NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { CreatedStream } from '#components/stream-admin/create-stream-dialog.tsx';
import { CreateStream } from '#components/streams/create-stream.tsx';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import type { ConnectionState, StreamRow } from '#lib/live/stream-row.ts';
import type { TargetView } from '#lib/replay/view/target.ts';
import { withRecordBytesMax, withTarget } from '#lib/replay/wizard/change-draft.ts';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';
import { TargetFacts } from './target-facts.tsx';
import { useTarget } from './use-target.ts';

/** Which stream the records are written to: another than they came from, unless somebody means it. */
export function TargetStep({ draft, edit }: StepProps) {
  const { rows, connections } = useStreamRows();
  const { target, sourceStreamArn } = draft;
  /** What was chosen here and now, until the server has told of it. */
  const [asked, setAsked] = useState<CreatedStream | null>(null);
  const stream = asked ?? target;
  const { data: answer, error, isPlaceholderData } = useTarget(draft, stream);
  const data = isPlaceholderData || error !== null ? undefined : answer;
  const isAnswer =
    data !== undefined &&
    data.streamName === stream?.streamName &&
    data.connection === stream.connection;
  useEffect(() => {
    if (asked === null || !isAnswer || data === undefined) return;
    edit((before) => withTarget(before, targetOf(data), data.recordBytesMax));
    setAsked(null);
  }, [asked, isAnswer, data, edit]);
  // A target that was there before the format, or from another page: its limit goes into what is read, too.
  const recordBytesMax = isAnswer && asked === null ? data?.recordBytesMax : undefined;
  useEffect(() => {
    if (recordBytesMax === undefined) return;
    edit((before) => withRecordBytesMax(before, recordBytesMax));
  }, [recordBytesMax, edit]);
  const isAnother =
    asked === null &&
    isAnswer &&
    target !== null &&
    (data.streamArn !== target.streamArn || data.createdAtMs !== target.createdAtMs);
  return (
    <>
      <FieldRow>
        <NativeSelect
          label="Write into"
          value={stream === null ? '' : idOf(stream)}
          data={streamChoices(rows, connections, sourceStreamArn, stream)}
          onChange={({ currentTarget: { value } }) => {
            const row = rows.find((one) => idOf(one) === value);
            if (row !== undefined) setAsked(row);
          }}
          w="min(100%, 420px)"
        />
        <CreateStream connections={connections} onCreated={setAsked} />
      </FieldRow>
      <ReadFailure title="The stream could not be described" error={error} />
      {stream !== null && data === undefined && error === null && (
        <Quiet>Asking AWS about {stream.streamName}…</Quiet>
      )}
      {isAnother && (
        <div className={classes.notice} role="alert">
          <p>
            {target.streamName} was deleted and made again since it was chosen: it is another
            stream.
          </p>
          <Button
            onClick={() =>
              edit((before) => withTarget(before, targetOf(data), data.recordBytesMax))
            }
          >
            Write into the new one
          </Button>
        </div>
      )}
      {isAnswer && <TargetFacts target={data} />}
    </>
  );
}

function targetOf({ connection, streamName, streamArn, createdAtMs }: TargetView) {
  return { connection, streamName, streamArn, createdAtMs };
}

function idOf({ connection, streamName }: CreatedStream): string {
  return JSON.stringify([connection, streamName]);
}

/** Streams that can be written to; the one that the archive was made of comes last, and says so. */
function streamChoices(
  rows: readonly StreamRow[],
  connections: readonly ConnectionState[],
  sourceStreamArn: string | null,
  chosen: CreatedStream | null,
) {
  const writable = new Set(
    connections.filter(({ readOnly }) => !readOnly).map(({ connection }) => connection),
  );
  const named = (stream: CreatedStream) =>
    connections.length > 1 ? `${stream.streamName} (${stream.connection})` : stream.streamName;
  const offered = rows.filter(({ connection }) => writable.has(connection));
  const others = offered.filter(({ streamArn }) => streamArn !== sourceStreamArn);
  const source = offered.filter(({ streamArn }) => streamArn === sourceStreamArn);
  // One that was just created has no row yet.
  const isListed = chosen === null || offered.some((row) => idOf(row) === idOf(chosen));
  return [
    ...(chosen === null ? [{ value: '', label: 'Choose a stream…' }] : []),
    ...(isListed ? [] : [{ value: idOf(chosen), label: named(chosen) }]),
    ...others.map((row) => ({ value: idOf(row), label: named(row) })),
    ...source.map((row) => ({
      value: idOf(row),
      label: `${named(row)}: the stream that the archive was made of`,
    })),
  ];
}
