'use client';

import { Radio, TextInput } from '@mantine/core';
import '@mantine/core/styles/Radio.layer.css';
import { useState } from 'react';
import { ChangeForm, type ProcedureFailure } from '#components/stream-admin/change-form.tsx';
import type { RewindTarget } from '#lib/domain/consumers/rewind/rewind.ts';
import { wallTime, zoneName } from '#lib/format/time.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { CHOICES, type RewindDraft, readDraft } from '#lib/rewind/rewind-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './rewind.module.css';
import type { RewindSubject } from './rewind-dialog.tsx';

/** An hour back: a beginning for who types a time. */
const PROPOSED_BACK_MS = 3_600_000;

/** Where an application is to read from, and in which shards. */
export function PlaceForm(props: {
  readonly subject: RewindSubject;
  readonly pending: boolean;
  readonly failure: ProcedureFailure | null;
  readonly onCancel: () => void;
  readonly onPlan: (
    target: Exclude<RewindTarget, { kind: 'restore' }>,
    shardIds: string[] | null,
  ) => void;
}) {
  const { subject, onPlan } = props;
  const zone = useZone();
  const serverNow = useServerClock();
  const [draft, setDraft] = useState<RewindDraft>(() => ({
    kind: 'time',
    time: wallTime(serverNow() - PROPOSED_BACK_MS, zone),
    sequenceNumber: '',
    shardId: '',
  }));
  const read = readDraft(draft, zone);
  const change = (part: Partial<RewindDraft>) => setDraft({ ...draft, ...part });
  const shardId = draft.shardId.trim();
  return (
    <ChangeForm
      label={`Choose a place for ${subject.name}`}
      blocked={read.problem}
      submitLabel="Preview"
      pending={props.pending}
      failure={props.failure}
      failureTitle="There is no preview"
      streamArn={subject.streamArn}
      onCancel={props.onCancel}
      onSubmit={() => {
        if (read.problem === null) onPlan(read.target, shardId === '' ? null : [shardId]);
      }}
    >
      <Radio.Group
        label="Read from"
        value={draft.kind}
        onChange={(value) => {
          const choice = CHOICES.find(({ kind }) => kind === value);
          if (choice !== undefined) change({ kind: choice.kind });
        }}
      >
        <div className={classes.choices}>
          {CHOICES.map(({ kind, label, detail }) => (
            <Radio key={kind} value={kind} label={label} description={detail} />
          ))}
        </div>
      </Radio.Group>
      {draft.kind === 'time' && (
        <TextInput
          label={`Date and time, ${zoneName(zone, serverNow())}`}
          value={draft.time}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ time: event.currentTarget.value })}
        />
      )}
      {draft.kind === 'sequence-number' && (
        <TextInput
          label="Sequence number"
          value={draft.sequenceNumber}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ sequenceNumber: event.currentTarget.value })}
        />
      )}
      <TextInput
        label="Shard"
        description="Empty: all shards of the stream."
        placeholder="shardId-000000000007"
        value={draft.shardId}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ shardId: event.currentTarget.value })}
      />
    </ChangeForm>
  );
}
