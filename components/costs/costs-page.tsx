'use client';

import { useQuery } from '@tanstack/react-query';
import { Message } from '#components/primitives/message.tsx';
import { PageFrame } from '#components/primitives/page-frame.tsx';
import { PageTitle } from '#components/primitives/page-title.tsx';
import type { CostsView } from '#lib/costs/costs-view.ts';
import type { QuotasView } from '#lib/costs/quotas-view.ts';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ConnectionCost } from './connection-cost.tsx';
import { ConnectionQuota } from './connection-quota.tsx';
import classes from './costs-page.module.css';

const ASK_AGAIN_MS = 10_000;

/** What watching costs and which quotas it and the account use, by connection. */
export function CostsPage(props: { readonly costs: CostsView; readonly quotas: QuotasView }) {
  const trpc = useTRPC();
  const options = { refetchInterval: ASK_AGAIN_MS };
  const costs = useQuery(
    trpc.costs.overview.queryOptions(undefined, { ...options, initialData: props.costs }),
  );
  const quotas = useQuery(
    trpc.costs.quotas.queryOptions(undefined, { ...options, initialData: props.quotas }),
  );
  const nowMs = useServerNow();
  const failure = costs.error ?? quotas.error;
  return (
    <PageFrame>
      <div className={classes.head}>
        <PageTitle>Cost & quotas</PageTitle>
        <p className={classes.source} role="status">
          {failure === null
            ? `Own ledger and call counts, read ${formatAge(nowMs - costs.data.readAtMs)} ago; AWS’s list prices in us-east-1`
            : `Not read again: ${failure.message} Below is what was read ${formatAge(nowMs - costs.data.readAtMs)} ago.`}
        </p>
      </div>
      {costs.data.connections.length === 0 && (
        <Message title="No connection has been read yet">
          <p>Costs and quotas are told by connection, as soon as its collector runs.</p>
        </Message>
      )}
      {costs.data.connections.map((connection) => {
        const used = quotas.data.connections.find(
          (one) => one.connection === connection.connection,
        );
        return (
          <section key={connection.connection} className={classes.connection}>
            <h2 className={classes.connectionName}>
              {connection.connection} <span className={classes.quiet}>{connection.source}</span>
            </h2>
            <ConnectionCost costs={connection} readAtMs={costs.data.readAtMs} />
            {used !== undefined && <ConnectionQuota quotas={used} />}
          </section>
        );
      })}
    </PageFrame>
  );
}
