'use client';

import { Tabs } from '@mantine/core';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import type { StreamTab, StreamTabProps } from './stream-tab.ts';
import classes from './stream-tabs.module.css';

/**
 * The tabs beside Overview, in their order. Each panel is a component of a folder of its own, and is loaded when it
 * is opened: `Panel: dynamic(() => import('#components/lineage/lineage-panel.tsx').then((m) => m.LineagePanel))`.
 */
const MORE_TABS: readonly StreamTab[] = [
  {
    value: 'consumers',
    label: 'Consumers',
    Panel: dynamic(() =>
      import('#components/consumers/consumers-tab.tsx').then((m) => m.ConsumersTab),
    ),
  },
  {
    value: 'reshard',
    label: 'Reshard',
    Panel: dynamic(() => import('#components/reshard/reshard-tab.tsx').then((m) => m.ReshardTab)),
  },
  {
    value: 'lineage',
    label: 'Lineage',
    Panel: dynamic(() => import('#components/lineage/lineage-view.tsx').then((m) => m.LineageView)),
  },
  {
    value: 'keys',
    label: 'Key lookup',
    Panel: dynamic(() => import('#components/key-lookup/key-lookup.tsx').then((m) => m.KeyLookup)),
  },
  {
    value: 'settings',
    label: 'Settings',
    Panel: dynamic(() =>
      import('#components/stream-settings/stream-settings.tsx').then((m) => m.StreamSettings),
    ),
  },
];

const OVERVIEW = 'overview';
const tabParser = parseAsStringLiteral([OVERVIEW, ...MORE_TABS.map(({ value }) => value)])
  .withDefault(OVERVIEW)
  .withOptions({ history: 'push' });

/** What else there is to see of a stream, below its strip; the tab stands in the URL. */
export function StreamTabs({ overview, ...props }: StreamTabProps & { overview: ReactNode }) {
  const [tab, setTab] = useQueryState('tab', tabParser);
  return (
    <Tabs
      value={tab}
      onChange={(value) => void setTab(value)}
      keepMounted={false}
      classNames={{ list: classes.list ?? '', tab: classes.tab ?? '', panel: classes.panel ?? '' }}
    >
      <Tabs.List aria-label="Views of the stream">
        <Tabs.Tab value={OVERVIEW}>Overview</Tabs.Tab>
        {MORE_TABS.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={OVERVIEW}>{overview}</Tabs.Panel>
      {MORE_TABS.map(({ value, Panel }) => (
        <Tabs.Panel key={value} value={value}>
          <LatePart>
            <Panel {...props} />
          </LatePart>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
