import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const mantine = join(root, 'node_modules', '@mantine');
const core = join(mantine, 'core', 'esm');
const read = (file: string) => readFileSync(file, 'utf8');

const IMPORT = /import (?:([\w*\s{},]+?) from )?["']([^"']+)["']/g;
const importsOf = (file: string) =>
  [...read(file).matchAll(IMPORT)].map(([, names = '', from = '']) => ({
    names: [...names.matchAll(/(?<!type )\b([A-Za-z]\w*)\b(?: as \w+)?/g)].map(([, name]) => name),
    from,
  }));

/** File of core by the name that it exports. */
const fileOf = new Map(
  importsOf(join(core, 'index.mjs')).flatMap(({ names, from }) =>
    from.startsWith('.') ? names.map((name) => [name, join(core, from)] as const) : [],
  ),
);

/** Names of the style sheets that files of Mantine need, with all that they import. */
function sheetsOf(entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const sheets = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const sheet = /core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(file)?.[1];
    if (sheet !== undefined) sheets.add(sheet);
    for (const { names, from } of importsOf(file)) {
      if (from.startsWith('.')) waiting.push(normalize(join(dirname(file), from)));
      if (from === '@mantine/core') {
        waiting.push(...names.flatMap((name) => fileOf.get(name ?? '') ?? []));
      }
    }
  }
  return sheets;
}

const sources = ['app', 'components', 'lib']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(root, folder, path),
    ),
  )
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));

const needed = sheetsOf(
  sources.flatMap((source) =>
    importsOf(source).flatMap(({ names, from }) => {
      const [, name] = /^@mantine\/(\w+)$/.exec(from) ?? [];
      if (name === 'core') return names.flatMap((one) => fileOf.get(one ?? '') ?? []);
      return name === undefined || name === 'hooks' ? [] : [join(mantine, name, 'esm/index.mjs')];
    }),
  ),
);

const listed = [
  ...read(join(root, 'components/theme/mantine-styles.ts')).matchAll(
    /styles\/([\w-]+)\.layer\.css/g,
  ),
].map(([, name = '']) => name);

describe('the style sheets of Mantine', () => {
  it('are there of each component that a page can show', () => {
    expect(needed.size).toBeGreaterThan(10);
    expect([...needed].filter((name) => !listed.includes(name)).sort()).toEqual([]);
  });

  it('stand in the order in which Mantine has them, as later ones go before', () => {
    const whole = read(join(mantine, 'core', 'styles.css'));
    const placeOf = (name: string) => {
      const sheet = read(join(mantine, 'core', 'styles', `${name}.css`));
      const [selector = name] = /\.m_[0-9a-f]+/.exec(sheet) ?? [];
      return whole.indexOf(selector);
    };
    const ofComponents = listed.filter((name) => /^[A-Z]/.test(name));
    const sorted = [...ofComponents].sort((a, b) => placeOf(a) - placeOf(b));
    expect(ofComponents).toEqual(sorted);
  });
});
