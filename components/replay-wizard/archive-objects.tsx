'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { DataTable } from '#components/primitives/data-table.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';

type ArchiveObjectsProps = {
  readonly source: ArchiveSource;
  readonly window: TimeSpan | null;
};

/** The objects of the window, page by page; listed once somebody opens it. */
export function ArchiveObjects(props: ArchiveObjectsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={({ currentTarget: { open } }) => setOpened(open)}>
      <summary>Objects in the window</summary>
      {opened && <ObjectPages key={JSON.stringify(props.window)} {...props} />}
    </details>
  );
}

function ObjectPages({ source, window }: ArchiveObjectsProps) {
  const trpc = useTRPC();
  const zone = useZone();
  const nowMs = useServerNow();
  /** Where each page began, so that one can go back. */
  const [starts, setStarts] = useState<readonly (string | null)[]>([null]);
  const page = useQuery(
    trpc.archives.objects.queryOptions(
      { source, window, after: starts.at(-1) ?? null },
      { retry: false, staleTime: 60_000, placeholderData: keepPreviousData },
    ),
  );
  const { data } = page;
  const next = data?.next ?? null;
  return (
    <div className={classes.part}>
      <ReadFailure title="Objects could not be listed" error={page.error} />
      {page.isPending && <Quiet>Listing objects…</Quiet>}
      {data !== undefined && (
        <>
          <TableBox label="Objects of the archive" heightMax={320}>
            <DataTable widthMin={640}>
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col">Oldest record</th>
                  <th scope="col" data-numeric>
                    Size
                  </th>
                  <th scope="col">Class</th>
                </tr>
              </thead>
              <tbody>
                {data.objects.map((object) => (
                  <tr key={object.key}>
                    <th scope="row" className={classes.mono} title={object.key}>
                      {object.key.slice(source.prefix.length)}
                    </th>
                    <td>
                      {object.times === null ? (
                        <Unknown reason="its key tells no time" />
                      ) : (
                        formatInstant(object.times.fromMs, zone)
                      )}
                    </td>
                    <td data-numeric>{formatBytes(object.bytes)}</td>
                    <td>
                      {object.storageClass}
                      {object.needsRestore && ', to be restored first'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </DataTable>
          </TableBox>
          <p className={classes.buttons}>
            <Button
              disabled={starts.length === 1 || page.isFetching}
              onClick={() => setStarts(starts.slice(0, -1))}
            >
              Before
            </Button>
            <Button
              disabled={next === null || page.isFetching}
              onClick={() => setStarts([...starts, next])}
            >
              Next
            </Button>
            <Quiet as="span">
              {data.objects.length === 0 ? 'No object on this page. ' : ''}By their keys behind{' '}
              <span className={classes.mono}>{source.prefix}</span>; listed{' '}
              {formatAge(nowMs - data.atMs)} ago
            </Quiet>
          </p>
        </>
      )}
    </div>
  );
}
