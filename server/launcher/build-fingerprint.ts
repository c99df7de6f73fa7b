import { createHash } from 'node:crypto';
import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What goes into the pages: the folders that `next build` follows imports into, and what steers it. */
const INPUTS = [
  '{app,components,lib,public}/**/*',
  'server/{auth,aws,collector,config,db,jobs,routers,services}/**/*',
  'server/*.ts',
  '{next,postcss}.config.*',
  '{proxy,instrumentation,instrumentation-client}.ts',
  '{package,package-lock,tsconfig}.json',
];

/**
 * A hash over the names and contents of everything that the pages are built from. Contents, not times: a clone,
 * a pull and a checkout all set times at will, and reading some hundred small files takes some 20 ms.
 */
export async function buildFingerprint(root: string): Promise<string> {
  const hash = createHash('sha256').update(`node ${process.version}\n`);
  const paths: string[] = [];
  for await (const path of glob(INPUTS, { cwd: root, exclude: isNoInput })) paths.push(path);
  paths.sort();
  const contents = await Promise.all(paths.map((path) => readIfFile(join(root, path))));
  for (const [index, content] of contents.entries()) {
    if (content === undefined) continue;
    hash.update(`${paths[index]}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function isNoInput(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.split('/').includes('node_modules');
}

async function readIfFile(path: string): Promise<Buffer | undefined> {
  return (await stat(path)).isFile() ? readFile(path) : undefined;
}
