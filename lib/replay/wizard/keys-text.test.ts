import { describe, expect, it } from 'vitest';
import { readKeys } from './keys-text.ts';

describe('readKeys', () => {
  it('takes lines as they are, each once', () => {
    expect(readKeys('sport\n news \r\n\nsport\n')).toEqual(['sport', ' news ']);
    expect(readKeys('')).toEqual([]);
  });
});
