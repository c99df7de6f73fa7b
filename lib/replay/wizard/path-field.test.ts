import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonPath } from '#lib/domain/replay/transform/payload/json-path.ts';
import { pathFault, pathText } from './path-field.ts';

describe('pathText', () => {
  it('writes what a person would', () => {
    expect(pathText(['user', 'tags', 0, 'odd name'])).toBe('user.tags[0]."odd name"');
  });

  it('is read back as it was', () => {
    const step = fc.oneof(fc.string(), fc.integer({ min: 0, max: 999_999_999 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (path) => {
        expect(parseJsonPath(pathText(path))).toEqual(path);
      }),
    );
  });
});

describe('pathFault', () => {
  it('says what is no path', () => {
    expect(pathFault('a b')).toContain('names with dots');
    expect(pathFault('a.b')).toBeNull();
    expect(pathFault('')).toBeNull();
  });
});
