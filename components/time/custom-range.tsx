'use client';

import { TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { type SyntheticEvent, useId, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { formatDay, zoneName } from '#lib/format/time.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { daysOf, draftOf, type RangeDraft, readDraft, withDays } from '#lib/time/custom-range.ts';
import type { TimeRange } from '#lib/time/time-range.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './custom-range.module.css';

type CustomRangeProps = {
  /** What is shown now, epoch milliseconds. */
  fromMs: number;
  toMs: number;
  onRange: (range: TimeRange) => void;
};

/** Two instants, typed or picked from a calendar, in the zone that the page tells times in. */
export function CustomRange({ fromMs, toMs, onRange }: CustomRangeProps) {
  const zone = useZone();
  const serverNow = useServerClock();
  const [draft, setDraft] = useState(() => draftOf(fromMs, toMs, zone));
  // While the second day is not picked yet, the calendar shows the first alone.
  const [days, setDays] = useState(() => daysOf(draft));
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();

  const apply = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readDraft(draft, zone, serverNow());
    setProblem(read.problem);
    if (read.problem === null) onRange(read.range);
  };
  const type = (typed: RangeDraft) => {
    setDraft(typed);
    setDays(daysOf(typed));
  };
  const described = problem === null ? {} : { 'aria-describedby': problemId };

  return (
    <form className={classes.form} onSubmit={apply} noValidate>
      <div className={classes.fields}>
        <TextInput
          label="From"
          value={draft.from}
          onChange={(event) => type({ ...draft, from: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
          {...described}
        />
        <TextInput
          label="To"
          value={draft.to}
          onChange={(event) => type({ ...draft, to: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
          {...described}
        />
      </div>
      <DatePicker
        type="range"
        size="xs"
        allowSingleDateInRange
        classNames={{ day: classes.day ?? '' }}
        value={days}
        onChange={(picked) => {
          setDays(picked);
          setDraft(withDays(draft, picked));
        }}
        maxDate={formatDay(serverNow(), zone)}
        defaultDate={formatDay(toMs, zone)}
        aria-label="Days"
        previousLabel="Month before"
        nextLabel="Month after"
      />
      <p id={problemId} className={classes.problem} role="status">
        {problem}
      </p>
      <div className={classes.foot}>
        <span className={classes.zone}>Times are in {zoneName(zone, toMs)}</span>
        <Button type="submit">Show this range</Button>
      </div>
    </form>
  );
}
