import { describe, expect, it } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import { shownStep, stepAfter, stepBefore, stepsOf } from './steps.ts';

const states = (...args: Parameters<typeof stepsOf>) => stepsOf(...args).map(({ state }) => state);
const DRAFT_STANDING = { state: 'draft', isStartable: false } as const;

describe('stepsOf', () => {
  it('does not call done what nobody has looked at', () => {
    expect(states(NEW_DRAFT, 'source', DRAFT_STANDING)).toEqual([
      'missing',
      'later',
      'later',
      'later',
      'later',
      'later',
      'later',
    ]);
  });

  it('says of each step that was looked at what it lacks', () => {
    const steps = stepsOf({ ...NEW_DRAFT, step: 'pace' }, 'source', DRAFT_STANDING);
    expect(steps.map(({ state }) => state)).toEqual([
      'missing',
      'missing',
      'done',
      'missing',
      'done',
      'later',
      'later',
    ]);
    expect(steps[3]?.gaps).toEqual(['Choose the stream that is written to.']);
  });

  it('calls a plan done that can be started', () => {
    const draft = { ...NEW_DRAFT, step: 'plan' } as const;
    const plan = (isStartable: boolean) =>
      stepsOf(draft, 'plan', { state: 'planned', isStartable })[5]?.state;
    expect(plan(true)).toBe('done');
    expect(plan(false)).toBe('later');
  });
});

describe('shownStep', () => {
  it('comes back to where somebody was, or to the plan that is being made', () => {
    expect(shownStep({ ...NEW_DRAFT, step: 'filter' }, 'draft', false)).toBe('filter');
    expect(shownStep({ ...NEW_DRAFT, step: 'filter' }, 'planning', true)).toBe('plan');
    expect(shownStep({ ...NEW_DRAFT, step: 'plan' }, 'planned', false)).toBe('plan');
    expect(shownStep({ ...NEW_DRAFT, step: 'plan' }, 'planned', true)).toBe('confirm');
    expect(shownStep({ ...NEW_DRAFT, step: 'confirm' }, 'draft', false)).toBe('plan');
  });
});

describe('stepAfter and stepBefore', () => {
  it('end at the ends', () => {
    expect(stepAfter('confirm')).toBeNull();
    expect(stepBefore('source')).toBeNull();
    expect(stepAfter('source')).toBe('format');
    expect(stepBefore('format')).toBe('source');
  });
});
