import { expect, test } from 'vitest';
import type { StreamTags } from '#lib/domain/stream-settings.ts';
import { tagsByStream } from './stream-tags.ts';
import { findChoices, tagChoices } from './tag-choices.ts';

const known = (...all: readonly StreamTags[]) =>
  tagsByStream({
    serverTimeMs: 9,
    known: all.map((tags, i) => ({ streamId: i + 1, tags, readAtMs: 1 })),
    failures: [],
  });

const choices = tagChoices(
  known({ team: 'web', env: 'prod' }, { team: 'shop', env: 'prod' }, { team: 'web' }, {}),
);

test('keys are counted with their values, and the streams that lack them', () => {
  expect(choices).toEqual([
    { key: 'env', streams: 2, streamsWithout: 2, values: [{ value: 'prod', streams: 2 }] },
    {
      key: 'team',
      streams: 3,
      streamsWithout: 1,
      values: [
        { value: 'web', streams: 2 },
        { value: 'shop', streams: 1 },
      ],
    },
  ]);
  expect(tagChoices(known())).toEqual([]);
});

test('a key is found whole, a value alone', () => {
  expect(findChoices(choices, '')).toEqual(choices);
  expect(findChoices(choices, 'TEA').map(({ values }) => values.length)).toEqual([2]);
  expect(findChoices(choices, 'sho')).toEqual([
    expect.objectContaining({ key: 'team', values: [{ value: 'shop', streams: 1 }] }),
  ]);
  expect(findChoices(choices, 'nothing')).toEqual([]);
});
