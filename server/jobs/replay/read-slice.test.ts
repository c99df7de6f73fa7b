import { expect, it } from 'vitest';
import { AwsFailure, type AwsFailureKind } from '#lib/domain/aws-failure.ts';
import type { FilterPlan } from '#lib/domain/replay/filter/filter-plan.ts';
import { RecordFilter } from '#lib/domain/replay/filter/record-filter.ts';
import { commitGroup, takeOver } from '#lib/domain/replay/job/commit-group.ts';
import type { JournalEntry } from '#lib/domain/replay/job/journal.ts';
import { newSlice, type SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';
import { planOf } from '#server/replay/testing/transform-whole.ts';
import { readSlice, type SliceSource } from './read-slice.ts';

const LINES = planOf({ kind: 'lines', lineEnds: 'lf' }, 'none');
const NO_FILTER: FilterPlan = { window: null, partitionKeys: null, sampling: null, dedup: null };

function failureOf(kind: AwsFailureKind): AwsFailure {
  return new AwsFailure(kind, 's3:GetObject', kind);
}

/** Objects by their lines. `failures`: what reading an object meets half way, one a try. */
function sourceOf(
  objects: readonly (readonly string[])[],
  { filter = NO_FILTER, failures = new Map<number, AwsFailureKind[]>() } = {},
) {
  const readings: number[] = [];
  const source: SliceSource = {
    objectAt: async (place): Promise<ListedObject> => ({
      ...{ key: String(place), versionId: null, etag: 'e', storageClass: 'STANDARD', times: null },
      bytes: Buffer.byteLength(objects[place]?.join('\n') ?? ''),
    }),
    async *read({ key }) {
      const place = Number(key);
      readings.push(place);
      const bytes = Buffer.from(objects[place]?.join('\n') ?? '');
      const half = bytes.length >> 1;
      yield bytes.subarray(0, half);
      const failure = failures.get(place)?.shift();
      if (failure !== undefined) throw failureOf(failure);
      yield bytes.subarray(half);
    },
    settings: {
      source: { connection: 'c', bucket: 'b', prefix: '', timeZone: 'UTC', paddingMs: 0 },
      transform: LINES,
    },
    tools: { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits: DECOMPRESS_LIMITS },
    newFilter: () => new RecordFilter(filter, { sha256: NODE_DIGESTS.sha256, expression: null }),
    remembered: filter.dedup?.capacity ?? null,
  };
  return { source, readings };
}

async function readAll(source: SliceSource, progress: SliceProgress) {
  const sent: string[] = [];
  const said: string[] = [];
  const signal = new AbortController().signal;
  const sink = {
    room: () => null,
    send: (record: { data: Uint8Array }) => sent.push(Buffer.from(record.data).toString()),
    settle: (as: string, { object, ordinal }: { object: number; ordinal: number }) =>
      said.push(`${as} ${object}:${ordinal}`),
    quarantine: (
      rows: readonly { object: number; first: number; last: number; reason: string }[],
    ) => {
      for (const row of rows) said.push(`${row.reason} ${row.object}:${row.first}-${row.last}`);
    },
    objectEnd: (object: number, units: number) => said.push(`end ${object} of ${units}`),
  };
  await readSlice(source, progress, sink, signal);
  return { sent, said };
}

/** The checkpoint of a slice of which these units are settled, as the next holder begins with it. */
function settled(objects: number, entries: readonly JournalEntry[]): SliceProgress {
  const committed = commitGroup(newSlice({ first: 0, last: objects - 1 }, 1), {
    token: 1,
    entries,
  });
  if (!committed.ok) throw new Error(committed.fault);
  return takeOver(committed.progress, 2);
}

const done = (object: number, units: number): readonly JournalEntry[] => [
  { kind: 'settle', as: 'filtered', spans: [{ object, first: 0, last: units - 1 }] },
  { kind: 'object-end', object, units },
];

it('what breaks off in the middle is read again, and nothing of it is given twice', async () => {
  const failures = new Map<number, AwsFailureKind[]>([[0, ['service-error', 'unreachable']]]);
  const { source, readings } = sourceOf([['a', 'b', 'c', 'd'], ['e']], { failures });
  const { sent, said } = await readAll(source, newSlice({ first: 0, last: 1 }, 1));
  expect(sent).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(said).toEqual(['end 0 of 4', 'end 1 of 1']);
  expect(readings).toEqual([0, 0, 0, 1]);
});

it('an object that changes while it is read keeps what was read, and the rest is in quarantine', async () => {
  const failures = new Map<number, AwsFailureKind[]>([[0, ['changed']]]);
  const { source } = sourceOf([['a', 'b', 'c', 'd'], ['e']], { failures });
  const { sent, said } = await readAll(source, newSlice({ first: 0, last: 1 }, 1));
  expect(sent).toEqual(['a', 'e']);
  expect(said).toEqual(['object-changed 0:1-1', 'end 0 of 2', 'end 1 of 1']);
});

it('what a person has to see to ends the reading', async () => {
  const failures = new Map<number, AwsFailureKind[]>([[0, ['access-denied']]]);
  const { source } = sourceOf([['a', 'b']], { failures });
  await expect(readAll(source, newSlice({ first: 0, last: 0 }, 1))).rejects.toThrow(
    'access-denied',
  );
});

it('units that are settled, and objects that are done, are not given again', async () => {
  const { source, readings } = sourceOf([['a'], ['b', 'c', 'd'], ['e']]);
  const progress = settled(3, [
    ...done(0, 1),
    { kind: 'settle', as: 'filtered', spans: [{ object: 1, first: 1, last: 1 }] },
  ]);
  const { sent } = await readAll(source, progress);
  expect(sent).toEqual(['b', 'd', 'e']);
  expect(readings).toEqual([1, 2]);
});

it('a copy of what an earlier holder settled is known, as far back as the window goes', async () => {
  const objects = [
    ['x', 'a'],
    ['b', 'c'],
    ['d', 'e'],
    ['a', 'c', 'x', 'f'],
  ];
  const filter = { ...NO_FILTER, dedup: { by: 'content' as const, capacity: 4 } };
  const { source, readings } = sourceOf(objects, { filter });
  const progress = settled(4, [...done(0, 2), ...done(1, 2), ...done(2, 2)]);
  const { sent, said } = await readAll(source, progress);
  // At least the last four are known: those of the objects before are not read for nothing.
  expect(said).toContain('deduplicated 3:1');
  expect(sent).toContain('f');
  expect(readings.at(-1)).toBe(3);
  expect(readings.filter((place) => place === 3)).toHaveLength(1);
});

it('an object that was done before an earlier one is remembered in its turn', async () => {
  const filter = { ...NO_FILTER, dedup: { by: 'content' as const, capacity: 100 } };
  const { source } = sourceOf([['a'], ['b'], ['b', 'a', 'c']], { filter });
  const { sent, said } = await readAll(source, settled(3, done(1, 1)));
  expect(sent).toEqual(['a', 'c']);
  expect(said).toEqual(['end 0 of 1', 'deduplicated 2:0', 'deduplicated 2:1', 'end 2 of 3']);
});
