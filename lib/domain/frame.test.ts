import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  combine,
  emptyShardValues,
  emptyStreamValues,
  type Frame,
  packFloats,
  shardValue,
  shardValueIndex,
  streamValue,
  unpackFloats,
} from './frame.ts';

const float32 = fc.oneof(fc.float(), fc.constant(Number.NaN));

test('packing loses nothing, NaN and -0 included', () => {
  fc.assert(
    fc.property(fc.array(float32), (values) => {
      const floats = Float32Array.from(values);
      const again = unpackFloats(packFloats(floats));
      expect([...again].every((value, i) => Object.is(value, floats[i]))).toBe(true);
      expect(again).toHaveLength(floats.length);
    }),
  );
});

test('bytes are little-endian, wherever they lie in a buffer', () => {
  expect([...packFloats(Float32Array.of(1))]).toEqual([0, 0, 0x80, 0x3f]);
  const within = Uint8Array.of(9, 9, 9, 0, 0, 0x80, 0x3f).subarray(3);
  expect([...unpackFloats(within)]).toEqual([1]);
  expect(() => unpackFloats(new Uint8Array(5))).toThrow('4 bytes each; got 5');
});

test('values are found by metric and place; what is not there is NaN', () => {
  const shards = emptyShardValues(3);
  shards[shardValueIndex('IncomingRecords', 2, 3)] = 7;
  const stream = emptyStreamValues();
  stream[1] = 8;
  const frame: Frame = {
    periodStartMs: 0,
    periodSeconds: 5,
    topologyId: 1,
    collectedAtMs: 0,
    stream,
    shards,
  };
  expect(shardValue(frame, 'IncomingRecords', 2)).toBe(7);
  expect(shardValue(frame, 'IncomingBytes', 2)).toBeNaN();
  expect(streamValue(frame, 'IncomingRecords')).toBe(8);
  expect(streamValue(frame, 'IncomingBytes')).toBeNaN();
  const withoutShards: Frame = { ...frame, shards: new Float32Array(0) };
  expect(shardValue(withoutShards, 'IncomingRecords', 0)).toBeNaN();
});

test('a figure wins over no figure; two figures are added, ages take the larger', () => {
  expect(combine('Sum', Number.NaN, 3)).toBe(3);
  expect(combine('Sum', 3, Number.NaN)).toBe(3);
  expect(combine('Sum', 3, 4)).toBe(7);
  expect(combine('Maximum', 3, 4)).toBe(4);
  expect(combine('Sum', Number.NaN, Number.NaN)).toBeNaN();
});
