import { expect, test } from 'vitest';
import type { Peaks, Present } from './facts.ts';
import { includePresent } from './include-present.ts';

const peaks: Peaks = {
  sinceMs: 0,
  untilMs: 60_000,
  writeBytes: { perSecond: 100, startMs: 0, periodSeconds: 60 },
  writeRecords: { perSecond: 10, startMs: 0, periodSeconds: 60 },
  readBytes: null,
};
const present: Present = {
  startMs: 65_000,
  periodSeconds: 5,
  writeBytesPerSecond: 250,
  writeRecordsPerSecond: 9,
  readBytesPerSecond: 3,
  throttledRecords: 0,
  throttledReadCalls: 0,
  iteratorAgeMs: null,
};

test('what is more now than ever before is the highest, and only that', () => {
  expect(includePresent(peaks, present)).toEqual({
    sinceMs: 0,
    untilMs: 70_000,
    writeBytes: { perSecond: 250, startMs: 65_000, periodSeconds: 5 },
    writeRecords: peaks.writeRecords,
    readBytes: { perSecond: 3, startMs: 65_000, periodSeconds: 5 },
  });
});

test('what is not known now changes nothing, and of equals the history stands', () => {
  expect(includePresent(peaks, null)).toBe(peaks);
  const silent = {
    ...present,
    writeBytesPerSecond: null,
    writeRecordsPerSecond: 10,
    readBytesPerSecond: null,
  };
  expect(includePresent(peaks, silent)).toEqual({ ...peaks, untilMs: 70_000 });
});
