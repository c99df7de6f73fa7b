'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import type { SampleView } from '#lib/reshard/sample-view.ts';
import { confidenceWords, keyShareWords, SAMPLE_COST } from '#lib/reshard/sample-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './reshard-tab.module.css';

const KEYS_SHOWN = 5;

/** Takes a sample of the chosen shard on demand, and tells what it says: how the load lies, and its heaviest keys. */
export function SamplePanel(props: { readonly row: StreamRow; readonly shardId: string }) {
  const { row, shardId } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { connection, streamName, streamId } = row;
  // Keys are for operators: who may not see them is not told of them.
  const samples = useQuery(trpc.reshard.samples.queryOptions({ streamId }, { retry: false }));
  const sample = useMutation(
    trpc.reshard.sample.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.reshard.pathKey() });
      },
    }),
  );
  if (samples.isError) return null;
  const known = samples.data?.find((one) => one.shardId === shardId);
  return (
    <div className={classes.sample}>
      <div className={classes.sampleAsked}>
        <Button
          disabled={sample.isPending}
          onClick={() => sample.mutate({ connection, streamName, streamId, shardId })}
        >
          {sample.isPending ? 'Reading…' : `Sample shard ${shortShardId(shardId)}`}
        </Button>
        <Quiet as="span">{SAMPLE_COST}</Quiet>
      </div>
      {sample.error !== null && (
        <FailureNotice
          title="No sample was taken"
          message={sample.error.message}
          deniedAction={sample.error.data?.deniedAction ?? null}
          streamArn={row.streamArn}
        />
      )}
      {known !== undefined && <Sample sample={known} />}
    </div>
  );
}

function Sample({ sample }: { readonly sample: SampleView }) {
  const zone = useZone();
  return (
    <>
      <p>
        Sampled at {formatInstant(sample.sampledAtMs, zone)} by {sample.sampledBy}:{' '}
        {confidenceWords(sample.confidence)}
      </p>
      <ol className={classes.remarks} aria-label="Heaviest keys of the sample">
        {sample.topKeys.slice(0, KEYS_SHOWN).map((key) => (
          <li key={key.partitionKey}>
            <code className={classes.code}>{key.partitionKey}</code>: {keyShareWords(key)}
          </li>
        ))}
      </ol>
    </>
  );
}
