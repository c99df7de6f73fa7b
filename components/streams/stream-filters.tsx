'use client';

import { NativeSelect } from '@mantine/core';
import { HEALTH_WORDS } from '#components/primitives/health-mark.tsx';
import { useEnteredEarly } from '#components/primitives/use-entered-early.ts';
import type { ConnectionState } from '#lib/live/stream-row.ts';
import { MODE_WORDS } from '#lib/stream-admin/setting-words.ts';
import type { StreamFilter } from '#lib/streams/stream-entries.ts';
import classes from './stream-filters.module.css';

const HEALTH = ['critical', 'warning', 'unknown', 'ok'] as const;
const MODES = ['PROVISIONED', 'ON_DEMAND'] as const;

/** What narrows the list besides the search: how streams are, their mode, and where they are. */
export function StreamFilters(props: {
  readonly filter: StreamFilter;
  readonly connections: readonly ConnectionState[];
  readonly onFilter: (change: Partial<StreamFilter>) => void;
}) {
  const { filter, connections, onFilter } = props;
  return (
    <>
      <Filter
        label="Health"
        any="Any health"
        value={filter.health}
        options={HEALTH.map((value) => ({ value, label: HEALTH_WORDS[value] }))}
        onChoose={(value) => onFilter({ health: HEALTH.find((level) => level === value) ?? null })}
      />
      <Filter
        label="Capacity mode"
        any="Any mode"
        value={filter.mode}
        options={MODES.map((value) => ({ value, label: MODE_WORDS[value] }))}
        onChoose={(value) => onFilter({ mode: MODES.find((mode) => mode === value) ?? null })}
      />
      {(connections.length > 1 || filter.connection !== null) && (
        <Filter
          label="Connection"
          className={classes.connection}
          any="Any connection"
          value={filter.connection}
          options={connections.map(({ connection }) => ({ value: connection, label: connection }))}
          onChoose={(value) => onFilter({ connection: value === '' ? null : value })}
        />
      )}
    </>
  );
}

/** @param props.any what is said where nothing is left out: the empty value */
function Filter(props: {
  readonly label: string;
  readonly any: string;
  readonly className?: string | undefined;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}) {
  const value = props.value ?? '';
  const field = useEnteredEarly<HTMLSelectElement>(value, props.onChoose);
  return (
    <NativeSelect
      ref={field}
      className={props.className ?? classes.select ?? ''}
      aria-label={props.label}
      value={value}
      data={[{ value: '', label: props.any }, ...props.options]}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
    />
  );
}
