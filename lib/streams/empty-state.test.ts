import { expect, test } from 'vitest';
import type { ConnectionState } from '#lib/live/stream-row.ts';
import { emptyState } from './empty-state.ts';

function connectionOf(connection: string, read: boolean, message?: string): ConnectionState {
  return {
    connection,
    region: 'eu-west-1',
    source: 'AWS',
    readOnly: false,
    collection: {
      collectedAtMs: read ? 1 : null,
      cadenceSeconds: 60,
      failure: message === undefined ? null : { sinceMs: 0, message },
    },
    unreadable: [],
  };
}

const well = { problem: null };

test('nothing heard yet is loading, not empty', () => {
  expect(emptyState([], well)).toEqual({ kind: 'loading' });
  const some = [connectionOf('a', true), connectionOf('b', false)];
  expect(emptyState(some, well)).toEqual({ kind: 'loading' });
});

test('all read and no stream is empty', () => {
  expect(emptyState([connectionOf('a', true)], well)).toEqual({ kind: 'none' });
});

test('failures are told, of the store first', () => {
  const connections = [connectionOf('a', true, 'Refused.'), connectionOf('b', false)];
  expect(emptyState(connections, { problem: 'The database does not answer.' })).toEqual({
    kind: 'unreadable',
    failures: [
      { message: 'The database does not answer.', deniedAction: null },
      { message: 'a: Refused.', deniedAction: null },
    ],
  });
});

test('a permission that is missing is named', () => {
  const denied = connectionOf('a', true, 'Refused.');
  const failure = { sinceMs: 0, message: 'Refused.', deniedAction: 'kinesis:ListStreams' };
  const state = emptyState([{ ...denied, collection: { ...denied.collection, failure } }], well);
  expect(state).toMatchObject({ failures: [{ deniedAction: 'kinesis:ListStreams' }] });
});
