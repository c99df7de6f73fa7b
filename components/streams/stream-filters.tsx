'use client';

import { NativeSelect } from '@mantine/core';
import { HEALTH_WORDS } from '#components/primitives/health-mark.tsx';
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
      <NativeSelect
        className={classes.select ?? ''}
        aria-label="Health"
        value={filter.health ?? ''}
        data={[
          { value: '', label: 'Any health' },
          ...HEALTH.map((value) => ({ value, label: HEALTH_WORDS[value] })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onFilter({ health: HEALTH.find((level) => level === value) ?? null })
        }
      />
      <NativeSelect
        className={classes.select ?? ''}
        aria-label="Capacity mode"
        value={filter.mode ?? ''}
        data={[
          { value: '', label: 'Any mode' },
          ...MODES.map((value) => ({ value, label: MODE_WORDS[value] })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onFilter({ mode: MODES.find((mode) => mode === value) ?? null })
        }
      />
      {(connections.length > 1 || filter.connection !== null) && (
        <NativeSelect
          className={classes.connection ?? ''}
          aria-label="Connection"
          value={filter.connection ?? ''}
          data={[
            { value: '', label: 'Any connection' },
            ...connections.map(({ connection }) => ({ value: connection, label: connection })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ connection: value === '' ? null : value })
          }
        />
      )}
    </>
  );
}
