import { expect, it } from 'vitest';
import { textOf, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { openConnect } from './open-connect.ts';

it.each([
  [
    '{"schema":{"type":"struct","fields":[]},"payload":{"id":12345678901234567890,"x": 1.0}}',
    '{"id":12345678901234567890,"x": 1.0}',
  ],
  ['{ "payload" : "text" , "schema" : {"type":"string"} }', '"text"'],
  ['{"schema":null,"payload":[1,{"payload":2}]}', '[1,{"payload":2}]'],
  ['{"schema":{},"payload":1,"payload":2}', '2'],
])('takes the payload of %s as it is written', (text, payload) => {
  const opened = openConnect(utf8(text));
  expect(typeof opened === 'string' ? opened : textOf(opened.data)).toBe(payload);
});

it.each([
  ['{"schema":{"type":"struct"},"payload":null}'],
  ['{"payload":{"a":1}}'],
  ['{"schema":{"payload":1}}'],
  ['{"schema":{},"payload":1'],
  ['[{"schema":{},"payload":1}]'],
])('%s has none', (text) => {
  expect(openConnect(utf8(text))).toBe('no-payload');
});
