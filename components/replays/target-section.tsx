'use client';

import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { DryRun } from '#components/replay-wizard/dry-run.tsx';
import { formatInstant } from '#lib/format/time.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useZone } from '#lib/time/zone-provider.tsx';

/** Which shards of the target take it, and who sees it there, as the plan found them. */
export function TargetSection({ run: { plan } }: { readonly run: ReplayView }) {
  const zone = useZone();
  if (plan === null) return null;
  const { consumers } = plan.target;
  return (
    <PageSection
      title="Target"
      beside={
        <Quiet>
          As planned at {formatInstant(plan.atMs, zone)}; a reshard since then is followed, and not
          shown here
        </Quiet>
      }
    >
      <p>
        {consumers.length === 0
          ? 'No consumer of the target was known when it was planned.'
          : `Consumers that see the records: ${consumers.join(', ')}.`}
      </p>
      <DryRun plan={plan} />
    </PageSection>
  );
}
