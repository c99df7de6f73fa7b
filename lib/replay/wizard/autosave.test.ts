import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft, ReplayStep } from '#lib/domain/replay/settings.ts';
import {
  type Autosave,
  type AutosaveEvent,
  autosave,
  autosaveWords,
  isUnsaved,
  maySave,
  newAutosave,
} from './autosave.ts';

const toStep = (step: ReplayStep): AutosaveEvent => ({
  kind: 'edit',
  change: (draft: ReplayDraft) => ({ ...draft, step }),
});
const run = (events: readonly AutosaveEvent[], from = newAutosave(NEW_DRAFT, 1)): Autosave =>
  events.reduce(autosave, from);

describe('autosave', () => {
  it('is saved once what was sent is stored', () => {
    const state = run([toStep('format'), { kind: 'send' }, { kind: 'stored', revision: 2 }]);
    expect(state).toMatchObject({ revision: 2, sent: null });
    expect(isUnsaved(state)).toBe(false);
    expect(autosaveWords(state)).toBe('Draft saved');
  });

  it('sends again what was typed while a request was under way', () => {
    const state = run([
      toStep('format'),
      { kind: 'send' },
      toStep('filter'),
      { kind: 'stored', revision: 2 },
    ]);
    expect(maySave(state)).toBe(true);
    expect(state.draft.step).toBe('filter');
  });

  it('sends nothing over what another has saved, until a person decides', () => {
    const conflict = run([
      toStep('format'),
      { kind: 'send' },
      { kind: 'conflict', words: 'Ada saved it.' },
      toStep('filter'),
    ]);
    expect(maySave(conflict)).toBe(false);
    expect(autosaveWords(conflict)).toBe('Not saved: changed elsewhere');

    const mine = autosave(conflict, { kind: 'keep-mine', revision: 7 });
    expect(maySave(mine)).toBe(true);
    expect(mine).toMatchObject({ revision: 7, draft: { step: 'filter' } });

    const theirs = { ...NEW_DRAFT, step: 'pace' } as const;
    const taken = autosave(conflict, { kind: 'take-theirs', draft: theirs, revision: 7 });
    expect(isUnsaved(taken)).toBe(false);
    expect(taken.draft).toBe(theirs);
  });

  it('does not send by itself what failed, but with the next change', () => {
    const failed = run([toStep('format'), { kind: 'send' }, { kind: 'failed', words: 'Away.' }]);
    expect(maySave(failed)).toBe(false);
    expect(autosaveWords(failed)).toBe('Not saved');
    expect(maySave(autosave(failed, { kind: 'again' }))).toBe(true);
    expect(maySave(autosave(failed, toStep('pace')))).toBe(true);
  });

  it('takes no change for one that changes nothing', () => {
    const state = newAutosave(NEW_DRAFT, 1);
    expect(autosave(state, { kind: 'edit', change: (draft) => draft })).toBe(state);
  });

  it('never calls saved what the server does not have', () => {
    const step = fc.constantFrom<ReplayStep>('source', 'format', 'filter', 'pace');
    const events = fc.array(
      fc.oneof(
        step.map(toStep),
        fc.constantFrom<'send' | 'stored' | 'failed' | 'again'>(
          'send',
          'stored',
          'failed',
          'again',
        ),
      ),
    );
    fc.assert(
      fc.property(events, (script) => {
        let state = newAutosave(NEW_DRAFT, 1);
        // What a server would have, told apart from what the state believes.
        let server: ReplayDraft = NEW_DRAFT;
        let underWay: ReplayDraft | null = null;
        for (const one of script) {
          if (typeof one !== 'string') state = autosave(state, one);
          else if (one === 'again') state = autosave(state, { kind: 'again' });
          else if (one === 'send' && maySave(state)) {
            underWay = state.draft;
            state = autosave(state, { kind: 'send' });
          } else if (one === 'stored' && underWay !== null) {
            server = underWay;
            underWay = null;
            state = autosave(state, { kind: 'stored', revision: state.revision + 1 });
          } else if (one === 'failed' && underWay !== null) {
            underWay = null;
            state = autosave(state, { kind: 'failed', words: 'Away.' });
          }
          if (!isUnsaved(state)) expect(state.draft).toEqual(server);
        }
      }),
    );
  });
});
