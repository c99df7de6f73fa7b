import { expect, test } from 'vitest';
import { ROLES } from '#server/auth/role.ts';
import { appRouter } from './app-router.ts';
import type { ProcedureMeta } from './procedures.ts';

type Definition = { readonly type: string; readonly meta?: ProcedureMeta };

const procedures = Object.entries(appRouter._def.procedures).map(
  ([path, procedure]) =>
    [path, (procedure as unknown as { readonly _def: Definition })._def] as const,
);

test('there are procedures to look at', () => {
  expect(procedures.map(([path]) => path)).toEqual(
    expect.arrayContaining(['streams.snapshot', 'streams.collectNow', 'live.watch']),
  );
});

test.each(procedures)('%s states the role that it needs', (_path, { meta }) => {
  expect(ROLES).toContain(meta?.role);
});

test.each(procedures.filter(([, { type }]) => type === 'mutation'))(
  '%s, a mutation, is for operators and states what it changes',
  (_path, { meta }) => {
    expect(['operator', 'admin']).toContain(meta?.role);
    expect(['aws', 'ours']).toContain(meta?.changes);
  },
);

test('nothing but the autosave of a draft is left out of the audit, and what ends a draft says what it was', () => {
  const unaudited = procedures.filter(([, { meta }]) => meta?.audit !== undefined);
  expect(unaudited.map(([path, { meta }]) => [path, meta?.changes])).toEqual([
    ['replays.saveDraft', 'ours'],
  ]);
  const told = procedures.filter(([, { meta }]) => meta?.about !== undefined);
  expect(told.map(([path]) => path)).toEqual([
    'replays.discardDraft',
    'replays.plan',
    'replays.start',
  ]);
});
