'use client';

import { NativeSelect } from '@mantine/core';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { Dedup } from '#lib/domain/replay/filter/filter-plan.ts';
import { formatCount } from '#lib/format/count.ts';
import classes from './replay-wizard.module.css';

/** Exact for so many records back; memory of a slice's filter is bounded by it. */
const CAPACITY = 1_000_000;

/** What is sent only once. */
export function DedupField(props: {
  readonly dedup: Dedup | null;
  readonly onChange: (dedup: Dedup | null) => void;
}) {
  const { dedup, onChange } = props;
  return (
    <div className={classes.part}>
      <NativeSelect
        label="Records that lie in the archive more than once"
        value={dedup?.by ?? 'none'}
        data={[
          { value: 'none', label: 'are sent each time' },
          { value: 'sequence-number', label: 'are sent once, known by their sequence number' },
          { value: 'content', label: 'are sent once, known by key and payload' },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange(
            value === 'sequence-number' || value === 'content'
              ? { by: value, capacity: dedup?.capacity ?? CAPACITY }
              : null,
          )
        }
        w="min(100%, 360px)"
      />
      {dedup !== null && (
        <Quiet>
          A duplicate is sure to be seen among the last {formatCount(dedup.capacity)} records of a
          slice.{' '}
          {dedup.by === 'content'
            ? 'Producers may have meant to send equal records twice: they are one then.'
            : 'A record whose sequence number was not archived is never taken for a duplicate.'}
        </Quiet>
      )}
    </div>
  );
}
