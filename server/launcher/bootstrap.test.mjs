import { describe, expect, it } from 'vitest';
import { isNewEnough, typeFlags } from './find-runtime.mjs';
import { installedMatchesLock } from './install-packages.mjs';

describe('the runtime', () => {
  it.each([
    ['20.20.2', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.21.0', true],
    ['25.0.0', true],
  ])('%s is new enough: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });

  it('needs a flag for TypeScript before 22.18 and 23.6', () => {
    expect(typeFlags('22.12.0')).toEqual(['--experimental-strip-types']);
    expect(typeFlags('23.5.0')).toEqual(['--experimental-strip-types']);
    for (const version of ['22.18.0', '23.6.0', '24.21.0', '25.1.0']) {
      expect(typeFlags(version)).toEqual([]);
    }
  });
});

describe('installedMatchesLock', () => {
  const lockOf = (packages) => JSON.stringify({ packages });
  const locked = lockOf({
    '': { name: 'kinetoscope' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  });
  const zod = { version: '4.6.7', integrity: 'sha512-a' };

  it('holds without the packages of other platforms', () => {
    expect(installedMatchesLock(locked, lockOf({ 'node_modules/zod': zod }))).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/zod': { ...zod, version: '4.6.6' } }],
    ['a content differs', { 'node_modules/zod': { ...zod, integrity: 'sha512-c' } }],
    ['one is too many', { 'node_modules/zod': zod, 'node_modules/old': zod }],
  ])('does not hold when %s', (_, installed) => {
    expect(installedMatchesLock(locked, lockOf(installed))).toBe(false);
  });

  it('does not hold for a record that npm has not finished', () => {
    expect(installedMatchesLock(locked, '{"packages": {')).toBe(false);
  });
});
