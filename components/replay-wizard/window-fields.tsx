'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import { zoneName } from '#lib/format/time.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { readWindow, windowText } from '#lib/replay/wizard/window-field.ts';
import { useZone } from '#lib/time/zone-provider.tsx';

/** A window as two instants, typed; taken over by Enter, or when the field is left. */
export function WindowFields(props: {
  readonly window: TimeSpan | null;
  /** What an empty end means; null: not known. */
  readonly all: TimeSpan | null;
  readonly onWindow: (window: TimeSpan | null) => void;
}) {
  const { window, all, onWindow } = props;
  const zone = useZone();
  const serverNow = useServerClock();
  const [text, setText] = useState(() => windowText(window, zone));
  const [problem, setProblem] = useState<string | null>(null);
  const name = zoneName(zone, window?.fromMs ?? serverNow());

  function take(): void {
    const read = readWindow(text, zone, all);
    setProblem(read.ok ? null : read.words);
    if (!read.ok) return;
    const isSame = read.window?.fromMs === window?.fromMs && read.window?.toMs === window?.toMs;
    if (!isSame) onWindow(read.window);
  }

  const field = (end: 'from' | 'to', label: string) => (
    <TextInput
      label={`${label}, ${name}`}
      placeholder={end === 'from' ? 'from its beginning' : 'to its end'}
      value={text[end]}
      error={problem?.startsWith(`“${label}”`) ? problem : null}
      autoComplete="off"
      spellCheck={false}
      onChange={({ currentTarget: { value } }) => setText({ ...text, [end]: value })}
      onBlur={take}
      w={220}
    />
  );
  return (
    <form
      aria-label="Window by its ends"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <FieldRow isTop>
        {field('from', 'From')}
        {field('to', 'To')}
        {/* Enter in a field of two takes a button. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
        {problem?.startsWith('“') === false && <p role="alert">{problem}</p>}
      </FieldRow>
    </form>
  );
}
