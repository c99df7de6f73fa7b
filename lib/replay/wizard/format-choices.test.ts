import { describe, expect, it } from 'vitest';
import { ENVELOPE } from '#lib/domain/replay/transform/payload/envelope-map.ts';
import { choiceOfFormat, FORMAT_CHOICES } from './format-choices.ts';

describe('choiceOfFormat', () => {
  it('finds each choice again, and no two are the same', () => {
    for (const choice of FORMAT_CHOICES) expect(choiceOfFormat(choice.format)).toBe(choice);
  });

  it('knows an envelope whose fields come in another order, as a database gives them', () => {
    const turned = Object.fromEntries(Object.entries(ENVELOPE).reverse()) as typeof ENVELOPE;
    expect(choiceOfFormat({ map: turned, kind: 'envelope' })?.id).toBe('envelope');
  });

  it('takes an envelope with another field for nobody’s', () => {
    const map = { ...ENVELOPE, data: ['payload'] };
    expect(choiceOfFormat({ kind: 'envelope', map })).toBeNull();
  });
});
