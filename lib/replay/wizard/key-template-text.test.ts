import { describe, expect, it } from 'vitest';
import { parseKeyTemplate } from '#lib/domain/replay/transform/key/key-template.ts';
import { templateText } from './key-template-text.ts';

describe('templateText', () => {
  it.each(['raw/topic={key}/{*}/{**}', '{key}', 'a/{*}-x/b{key}c', 'a//{key}/'])(
    'gives %s back',
    (text) => {
      const template = parseKeyTemplate(text);
      if (template === null) throw new Error(`${text} is a template`);
      expect(templateText(template)).toBe(text);
    },
  );
});
