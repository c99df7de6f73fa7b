import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ageClock } from './age-clock.ts';

it('is never younger than the time that passed, whichever clock jumps or stands still', () => {
  const anyStep = fc.record({
    passedMs: fc.nat(10_000),
    jumpMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
    isAsleep: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1 }), fc.boolean(), (steps, isSteadyRight) => {
      let [trueMs, steadyMs, wallMs] = [0, 0, 1_000_000];
      const ageMs = ageClock({ steadyMs: () => steadyMs, wallMs: () => wallMs });
      for (const { passedMs, jumpMs, isAsleep } of steps) {
        trueMs += passedMs;
        // One of the two is right: a machine that sleeps has its wall's clock set right, one that is set wrong is awake.
        steadyMs += isAsleep && !isSteadyRight ? 0 : passedMs;
        wallMs += isSteadyRight ? passedMs + jumpMs : passedMs;
        expect(ageMs()).toBeGreaterThanOrEqual(trueMs);
      }
    }),
  );
});
