import { expect, it } from 'vitest';
import { packFloats } from '#lib/domain/frame.ts';
import { unpackFrame } from './unpack-frame.ts';

const base64 = (values: readonly number[]) =>
  Buffer.from(packFloats(Float32Array.from(values))).toString('base64');

const view = {
  streamId: 1,
  topologyId: 2,
  periodStartMs: 5_000,
  periodSeconds: 5,
  collectedAtMs: 11_000,
  streamValues: base64([1, 2, 3, 4, 5, 6, Number.NaN]),
  shardValues: base64([0.5, 1_048_576]),
};

it('gives back the values that were packed, unknown ones included', () => {
  const frame = unpackFrame(view);
  expect([...frame.stream]).toEqual([1, 2, 3, 4, 5, 6, Number.NaN]);
  expect([...frame.shards]).toEqual([0.5, 1_048_576]);
  expect(frame.topologyId).toBe(2);
});

it('unpacks one view once', () => {
  expect(unpackFrame(view)).toBe(unpackFrame(view));
});

it('refuses a broken length', () => {
  expect(() => unpackFrame({ ...view, shardValues: 'AAA=' })).toThrow(RangeError);
});
