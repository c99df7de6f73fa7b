'use client';

import { Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { Dialog } from '#components/stream-admin/dialog.tsx';
import { PriceNote } from '#components/stream-admin/price-note.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { SHARD_METRICS, type ShardMetric } from '#lib/domain/shard-metric.ts';
import { countOf } from '#lib/format/count.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import {
  METRIC_PURPOSE,
  METRICS_ADVISED,
  planSwitch,
  switchPriceWords,
} from '#lib/shard-metrics/switch-plan.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './shard-metrics-dialog.module.css';

type DialogProps = { readonly row: StreamRow; readonly onClose: () => void };

/** Chooses which shard-level metrics CloudWatch keeps of a stream; says what they cost before anything is sent. */
export function ShardMetricsDialog({ row, onClose }: DialogProps) {
  const trpc = useTRPC();
  const { connection, streamName } = row;
  const state = useQuery(
    trpc.shardMetrics.state.queryOptions(
      { connection, streamName },
      { refetchOnMount: 'always', staleTime: 0 },
    ),
  );
  return (
    <Dialog opened title={`Shard-level metrics of ${streamName}`} onClose={onClose}>
      {state.data !== undefined && state.isFetchedAfterMount ? (
        <SwitchForm row={row} on={state.data.on} onClose={onClose} />
      ) : (
        <p role="status">
          {state.error === null ? 'Reading what is on…' : `Not known: ${state.error.message}`}
        </p>
      )}
    </Dialog>
  );
}

function SwitchForm(props: DialogProps & { readonly on: readonly ShardMetric[] }) {
  const { row, onClose } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // What the person saw when the dialog was opened is what AWS must still say when it is sent.
  const [seenOn] = useState(props.on);
  const [wanted, setWanted] = useState<readonly ShardMetric[]>(
    seenOn.length === 0 ? METRICS_ADVISED : seenOn,
  );
  const plan = planSwitch(seenOn, wanted);
  const change = useMutation(
    trpc.shardMetrics.switch.mutationOptions({
      onSuccess: async () => {
        onClose();
        showToast({
          title: `Shard-level metrics of ${row.streamName} are switched`,
          message: WHAT_COMES,
        });
        await queryClient.invalidateQueries({ queryKey: trpc.shardMetrics.state.queryKey() });
      },
    }),
  );
  const toggle = (metric: ShardMetric) =>
    setWanted((before) =>
      before.includes(metric) ? before.filter((one) => one !== metric) : [...before, metric],
    );
  return (
    <ChangeForm
      label="Switch shard-level metrics"
      blocked={plan.blocked}
      submitLabel={
        plan.blocked === null
          ? `Switch ${countOf(plan.metrics.length, 'metric')} ${plan.on ? 'on' : 'off'}`
          : 'Switch'
      }
      danger={plan.blocked === null && !plan.on}
      pending={change.isPending}
      failure={change.error}
      failureTitle="Nothing was switched"
      streamArn={row.streamArn}
      onCancel={onClose}
      onSubmit={() => {
        if (plan.blocked !== null) return;
        const { connection, streamName, streamId } = row;
        change.mutate({
          connection,
          streamName,
          streamId,
          seenOn: [...seenOn],
          metrics: [...plan.metrics],
          on: plan.on,
        });
      }}
      consequence={
        <>
          <PriceNote words={switchPriceWords(seenOn.length, wanted.length, row.openShardCount)} />
          <p>
            {plan.blocked === null && !plan.on
              ? 'Figures that are recorded stay; no new ones come.'
              : WHAT_COMES}{' '}
            Reading them costs, too: each is asked for with every reading, within the budget of the
            connection.
          </p>
        </>
      }
    >
      <fieldset className={classes.metrics}>
        <legend className={classes.legend}>Metrics of each of its shards</legend>
        {SHARD_METRICS.map((metric) => (
          <Checkbox
            key={metric}
            size="xs"
            classNames={{ description: classes.purpose ?? '' }}
            checked={wanted.includes(metric)}
            onChange={() => toggle(metric)}
            label={metric}
            description={`${METRIC_PURPOSE[metric]}${seenOn.includes(metric) ? ' · on' : ''}`}
          />
        ))}
      </fieldset>
    </ChangeForm>
  );
}

const WHAT_COMES =
  'First figures come after the next full period (a minute at AWS), and CloudWatch tells them up to two minutes late: wait some three minutes.';
