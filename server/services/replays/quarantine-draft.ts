import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { ENVELOPE } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';

/**
 * A draft that replays what another run put into quarantine: that lies in our own store, as lines of the envelope format
 * (`quarantine-lines.ts`), so there is nothing to choose of its source and format. What kept it from being sent before (the filter,
 * the expression) is left out; where it goes and how fast stays.
 */
export function quarantineDraft(run: Pick<ReplayRunRow, 'id' | 'draft' | 'pace'>): ReplayDraft {
  const { draft, pace } = run;
  return {
    ...draft,
    source: {
      connection: draft.target?.connection ?? draft.source?.connection ?? '',
      bucket: `quarantine-of-replay-${run.id}`,
      prefix: '',
      timeZone: 'UTC',
      paddingMs: 0,
    },
    window: null,
    transform:
      draft.transform === null
        ? null
        : {
            ...draft.transform,
            compression: 'none',
            format: { kind: 'envelope', map: ENVELOPE },
            key: { ...draft.transform.key, prefersArchived: true },
          },
    filter: null,
    expression: null,
    // Nothing tells when what is in quarantine arrived.
    pace: { ...pace, pace: NEW_DRAFT.pace.pace },
    step: 'format',
  };
}
