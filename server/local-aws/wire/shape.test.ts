import { describe, expect, it } from 'vitest';
import { hashKeyMember } from './hash-key-member.ts';
import {
  blob,
  instant,
  integer,
  list,
  oneOf,
  parseInput,
  required,
  structure,
  text,
  textMap,
} from './shape.ts';

const input = structure({
  StreamName: required(text({ min: 1, max: 5, pattern: '[a-z]+' })),
  Limit: integer({ min: 1, max: 10 }),
  Mode: oneOf(['ON', 'OFF']),
  At: instant(),
  Data: blob({ max: 3 }),
  Keys: list(required(text({ min: 1 })), { min: 1, max: 2 }),
  Tags: textMap(text({ min: 1 }), text({ max: 3 }), { max: 2 }),
  HashKey: hashKeyMember,
});
const parse = (value: object) => parseInput(input, { StreamName: 'a', ...value });

describe('a request', () => {
  it('is read by the types of its members; unknown ones are ignored', () => {
    expect(
      parse({
        Limit: 3.9,
        At: 1.5,
        Data: 'AAA=',
        Keys: ['k'],
        Tags: { a: 'b' },
        HashKey: '340282366920938463463374607431768211455',
        Other: true,
      }),
    ).toEqual({
      StreamName: 'a',
      Limit: 3,
      Mode: undefined,
      At: 1_500,
      Data: Buffer.alloc(2),
      Keys: ['k'],
      Tags: { a: 'b' },
      HashKey: 2n ** 128n - 1n,
    });
  });

  it.each([
    [{ StreamName: 5 }, 'NUMBER_VALUE can not be converted to String'],
    [{ Limit: true }, 'TRUE_VALUE can not be converted to Integer'],
    [{ Keys: {} }, 'START_MAP can not be converted to List'],
    [{ Tags: [] }, 'START_LIST can not be converted to Map'],
    [{ Data: 'AA*=' }, 'STRING_VALUE can not be converted to ByteBuffer'],
    [{ At: '2026' }, 'STRING_VALUE can not be converted to Date'],
  ])('with another type ends at once: %j', (value, message) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({ code: 'SerializationException', message }),
    );
  });

  it.each([
    [
      { StreamName: null },
      "Value null at 'streamName' failed to satisfy constraint: Member must not be null",
    ],
    [{ StreamName: '' }, "2 validation errors detected: Value '' at 'streamName'"],
    [{ StreamName: 'toolong' }, 'Member must have length less than or equal to 5'],
    [
      { Limit: 0 },
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [{ Limit: 11 }, 'Member must have value less than or equal to 10'],
    [
      { Mode: 'MAYBE' },
      "Value 'MAYBE' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [ON, OFF]",
    ],
    [{ Data: 'AAAAAAAA' }, "Value at 'data' failed"],
    [
      { Keys: [] },
      "Value '[]' at 'keys' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      { Keys: ['a', 'b', 'c'] },
      "Value '[a, b, c]' at 'keys' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      { Keys: ['a', ''] },
      "Value '[a, ]' at 'keys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length greater than or equal to 1]",
    ],
    [
      { Tags: { a: 'long' } },
      "Value '{a=long}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 3]",
    ],
    [
      { Tags: { '': 'a' } },
      "Value '{=a}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length greater than or equal to 1]",
    ],
    [
      { Tags: { a: '', b: '', c: '' } },
      "Value '{a=, b=, c=}' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [{ HashKey: '007' }, "Value '007' at 'hashKey'"],
  ])('outside its constraints is told so: %j', (value, message) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({
        code: 'ValidationException',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('with a hash key beyond the space is told so, each time', () => {
    for (let i = 0; i < 2; i += 1) {
      expect(() => parse({ HashKey: '340282366920938463463374607431768211456' })).toThrow(
        expect.objectContaining({ code: 'InvalidArgumentException' }),
      );
    }
  });
});
