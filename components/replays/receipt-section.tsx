'use client';

import { useQuery } from '@tanstack/react-query';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { formatCount } from '#lib/format/count.ts';
import { receiptFacts } from '#lib/replay/run-receipt.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './replays.module.css';

/** What came of it, to be kept. All of it is in the file; here stands what is asked for first. */
export function ReceiptSection({ run }: { readonly run: ReplayView }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.replays.receipt.queryOptions({ id: run.id }));
  return (
    <PageSection
      title="Receipt"
      beside={
        <a href={`/api/export/replays/${run.id}/receipt`} download>
          Download as JSON
        </a>
      }
    >
      {error !== null && <p role="alert">It could not be read: {error.message}</p>}
      {data === undefined && error === null && <Quiet>Reading it…</Quiet>}
      {data !== undefined && (
        <>
          <FactList
            narrowColumns={1}
            facts={[
              ...receiptFacts(data),
              ...(data.planHash === null
                ? []
                : [{ name: 'Plan', value: <Hash hash={data.planHash} what="the plan’s hash" /> }]),
              ...(data.manifestFingerprint === null
                ? []
                : [
                    {
                      name: 'Manifest',
                      value: (
                        <Hash hash={data.manifestFingerprint} what="the manifest’s fingerprint" />
                      ),
                      detail: `Of ${formatCount(data.plan?.objects ?? null)} objects in their order`,
                    },
                  ]),
            ]}
          />
          {!data.isBalanced && (
            <p role="alert" className={classes.bad}>
              The account does not balance: see the ledger below.
            </p>
          )}
        </>
      )}
    </PageSection>
  );
}

const HASH_SHOWN = 12;

function Hash({ hash, what }: { readonly hash: string; readonly what: string }) {
  return <CopyText short={hash.slice(0, HASH_SHOWN)} whole={hash} what={what} />;
}
