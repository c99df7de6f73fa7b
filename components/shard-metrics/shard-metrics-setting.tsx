'use client';

import { useQuery } from '@tanstack/react-query';
import { Setting } from '#components/stream-settings/setting.tsx';
import { formatDollars } from '#lib/format/dollars.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { monthlyDollars } from '#lib/shard-metrics/switch-plan.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ShardMetricsButton } from './shard-metrics-button.tsx';

const ASK_AGAIN_MS = 15_000;

/** Which shard-level metrics are on, what they cost, and the way to change it. */
export function ShardMetricsSetting({ row }: { readonly row: StreamRow }) {
  const trpc = useTRPC();
  const { connection, streamName } = row;
  const { data } = useQuery(
    trpc.shardMetrics.state.queryOptions(
      { connection, streamName },
      { refetchInterval: ASK_AGAIN_MS },
    ),
  );
  const on = data?.on ?? [];
  const price =
    data === undefined
      ? ''
      : `: ${formatDollars(monthlyDollars(on.length, row.openShardCount))} a month at present, by list price`;
  return (
    <Setting
      title="Shard-level metrics"
      value={<p>{data === undefined ? '…' : on.length === 0 ? 'Off' : on.join(', ')}</p>}
      hint={`Which shard is hot, and why. CloudWatch charges each metric of each shard as a custom metric${price}.`}
      locked={null}
      action={<ShardMetricsButton row={row} />}
    />
  );
}
