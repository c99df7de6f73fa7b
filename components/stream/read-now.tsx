'use client';

import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { useMutation } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './read-now.module.css';

type ReadNowProps = { connection: string; disabled: boolean };

/** Asks for figures now instead of when they are due. They come by the live subscription. */
export function ReadNow({ connection, disabled }: ReadNowProps) {
  const trpc = useTRPC();
  const collect = useMutation(trpc.streams.collectNow.mutationOptions());
  return (
    <span className={classes.box}>
      <Button
        onClick={() => collect.mutate({ connection })}
        disabled={disabled || collect.isPending}
        title={`Read all that is due of connection ${connection} now`}
      >
        <IconRefresh size={14} stroke={1.75} aria-hidden />
        Read now
      </Button>
      <span role="status" className={classes.outcome}>
        {collect.isError && `Not read: ${collect.error.message}`}
      </span>
    </span>
  );
}
