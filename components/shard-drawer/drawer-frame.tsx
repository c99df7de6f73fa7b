'use client';

import dynamic from 'next/dynamic';
import { parseAsString, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import classes from './drawer-frame.module.css';
import type { ShardDrawerProps } from './shard-drawer.tsx';

// Charts and words of one shard come when somebody wants them. What stands in for them is as wide.
const ShardDrawer = dynamic(() => import('./shard-drawer.tsx').then((m) => m.ShardDrawer), {
  // It shows what the strip has read as well, which comes to life before it: drawn by the server it could differ.
  ssr: false,
  loading: () => <div className={classes.coming} />,
});

type DrawerFrameProps = Omit<ShardDrawerProps, 'shardId'> & {
  /** null: the page has all the room. */
  readonly shardId: string | null;
  readonly children: ReactNode;
};

/** The page, and beside it the chosen shard: on narrow screens below, over the page's foot. */
export function DrawerFrame({ children, shardId, ...rest }: DrawerFrameProps) {
  const [tab] = useQueryState('tab', parseAsString);
  return (
    <div
      className={classes.frame}
      data-open={shardId !== null || undefined}
      data-tab={tab ?? undefined}
    >
      {children}
      {shardId !== null && (
        <div className={classes.place}>
          <LatePart>
            <ShardDrawer shardId={shardId} {...rest} />
          </LatePart>
        </div>
      )}
    </div>
  );
}
