'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';

/** Live traffic of an hour ago says little of now. */
const OLD_MS = 3_600_000;

/** Where a plan that stands was made long ago: what is old in it, and one button that makes it anew. Nothing else. */
export function OldPlan({ run, atMs }: { readonly run: ReplayView; readonly atMs: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ageMs = useServerNow() - atMs;
  const plan = useMutation(trpc.replays.plan.mutationOptions());
  const revise = useMutation(trpc.replays.revise.mutationOptions());
  const again = useMutation({
    mutationFn: async () => {
      await revise.mutateAsync({ id: run.id });
      await plan.mutateAsync({ id: run.id, revision: run.revision });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
  });
  if (ageMs < OLD_MS) return null;
  return (
    <div className={classes.notice} data-level="warning">
      <p className={classes.noticeTitle}>This plan is {formatAge(ageMs)} old</p>
      <p>
        The target’s load, shards and consumers are of then, and what was archived since is not in
        it. It can be started all the same: the target is looked at once more before anything is
        sent.
      </p>
      <div className={classes.buttons}>
        <Button disabled={again.isPending} onClick={() => again.mutate()}>
          {again.isPending ? 'Asking…' : 'Plan again'}
        </Button>
      </div>
      <ReadFailure title="It was not planned again" error={again.error} />
    </div>
  );
}
