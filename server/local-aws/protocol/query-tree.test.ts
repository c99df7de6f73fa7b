import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery, type QueryValue } from './query-tree.ts';

const parsed = (text: string) => parseQuery(new URLSearchParams(text));

it('reads members, lists in the order of their numbers, and what is in them', () => {
  expect(
    parsed('Action=A&Version=1&N=a&L.member.10=z&L.member.2=y&S.member.1.K=k&S.member.1.V.W=w'),
  ).toEqual({ N: 'a', L: ['y', 'z'], S: [{ K: 'k', V: { W: 'w' } }] });
  expect(parsed('Action=A')).toEqual({});
});

it('gives back any tree that was written as AWS writes it', () => {
  const name = fc.constantFrom('Alpha', 'Beta', 'Gamma');
  const { tree } = fc.letrec<{ tree: QueryValue; members: { [member: string]: QueryValue } }>(
    (tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.array(tie('tree'), { minLength: 1 }),
        tie('members'),
      ),
      members: fc.dictionary(name, tie('tree'), { minKeys: 1 }),
    }),
  );
  const write = (value: QueryValue, path: string): [string, string][] => {
    if (typeof value === 'string') {
      return [[path, value]];
    }
    return Array.isArray(value)
      ? value.flatMap((item, i) => write(item, `${path}.member.${i + 1}`))
      : Object.entries(value).flatMap(([member, item]) => write(item, `${path}.${member}`));
  };
  fc.assert(
    fc.property(tree, (value) => {
      expect(parseQuery(new URLSearchParams(write(value, 'Root')))).toEqual({ Root: value });
    }),
  );
});

it('takes no name for one of the language itself', () => {
  expect(parsed('__proto__.polluted=1&constructor.prototype.polluted=1')).toBeTypeOf('object');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
