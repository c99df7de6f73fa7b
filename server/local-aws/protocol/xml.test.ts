import { expect, it } from 'vitest';
import { WireTime } from '#server/local-aws/wire/wire-value.ts';
import { xmlMembers } from './xml.ts';

it('writes structures, lists, maps, instants and what XML would read otherwise', () => {
  const value = {
    Label: `a < b & "c" 'd'`,
    Values: [1, 2.5],
    At: new WireTime(0),
    Gone: undefined,
    Data: Buffer.from('x'),
    Map: { p99: 1 },
  };
  expect(xmlMembers(value, new Set(['Map']))).toBe(
    '<Label>a &lt; b &amp; &quot;c&quot; &apos;d&apos;</Label>' +
      '<Values><member>1</member><member>2.5</member></Values>' +
      '<At>1970-01-01T00:00:00.000Z</At><Data>eA==</Data>' +
      '<Map><entry><key>p99</key><value>1</value></entry></Map>',
  );
});
