import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AUTOSCALE_DEFAULTS, suggestedPolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import { type AutoscaleDraft, draftOf, readAutoscaleDraft } from './autoscale-draft.ts';

const read = (change: Partial<AutoscaleDraft>) =>
  readAutoscaleDraft({ ...draftOf(AUTOSCALE_DEFAULTS), ...change });

it('comes back to the policy that it was made of', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (open) => {
      const policy = suggestedPolicy(open);
      expect(readAutoscaleDraft(draftOf(policy))).toEqual({ settings: policy, fault: null });
    }),
  );
  const never = { ...AUTOSCALE_DEFAULTS, hotShardUse: null, lagMsMax: null };
  expect(readAutoscaleDraft(draftOf(never)).settings).toEqual(never);
});

it.each([
  [{ targetUse: '' }, 'targetUse'],
  [{ targetUse: '70 %' }, 'targetUse'],
  [{ shardsMin: '1.5' }, 'shardsMin'],
  [{ shardsMax: '-3' }, 'shardsMax'],
  [{ lookBackMs: '0' }, 'lookBackMs'],
  [{ hotShardUse: 'never' }, 'hotShardUse'],
  [{ lagMsMax: '1e9' }, 'lagMsMax'],
  [{ hotShardUse: ' ', lagMsMax: '' }, null],
  [{ targetUse: '72,5' }, null],
] as const)('%o: %s', (change, fault) => {
  expect(read(change).fault).toBe(fault);
});
