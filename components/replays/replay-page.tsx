'use client';

import { ReplayWizard } from '#components/replay-wizard/replay-wizard.tsx';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { RunPage } from './run-page.tsx';
import { useRun } from './use-run.ts';

/** A replay: the wizard until it is started, then how it goes and what came of it. */
export function ReplayPage({ initial }: { readonly initial: ReplayView }) {
  const query = useRun(initial);
  switch (query.run.state) {
    case 'draft':
    case 'planning':
    case 'planned':
      return <ReplayWizard {...query} />;
    default:
      return <RunPage {...query} />;
  }
}
