import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFingerprint } from './build-fingerprint.ts';

describe('buildFingerprint', () => {
  let root: string;
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kinetoscope-build-'));
    await put('app/page.tsx', 'one');
    await put('package-lock.json', '{}');
  });
  afterEach(() => rm(root, { recursive: true }));

  it.each([
    'app/streams/[name]/page.tsx',
    'components/strip/strip.module.css',
    'lib/domain/shard.ts',
    'server/routers/streams.ts',
    'server/log.ts',
    'proxy.ts',
    'next.config.ts',
    'package-lock.json',
    'app/page.tsx',
  ])('changes with %s', async (path) => {
    const before = await buildFingerprint(root);
    await put(path, 'two');
    const changed = await buildFingerprint(root);
    expect(changed).not.toBe(before);
    await put(path, 'three');
    expect(await buildFingerprint(root)).not.toBe(changed);
  });

  it.each([
    'app/page.test.tsx',
    'server/launcher/main.ts',
    'server/local-aws/main.ts',
    'server/testing/postgres.ts',
    'bench/start.ts',
    'e2e/smoke.spec.ts',
    'README.md',
  ])('does not change with %s', async (path) => {
    const before = await buildFingerprint(root);
    await put(path, 'two');
    expect(await buildFingerprint(root)).toBe(before);
  });

  it('goes by contents, not by times', async () => {
    const before = await buildFingerprint(root);
    await utimes(join(root, 'app/page.tsx'), new Date(0), new Date(0));
    expect(await buildFingerprint(root)).toBe(before);
  });

  it('tells a moved boundary between two files', async () => {
    await put('lib/a.ts', 'xy');
    await put('lib/b.ts', 'z');
    const before = await buildFingerprint(root);
    await put('lib/a.ts', 'x');
    await put('lib/b.ts', 'yz');
    expect(await buildFingerprint(root)).not.toBe(before);
  });
});
