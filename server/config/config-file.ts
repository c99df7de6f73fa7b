import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { ConfigError } from './config-error.ts';

const DEFAULT_NAME = 'kinetoscope.config.yaml';

export type ConfigFile = { readonly path: string; readonly content: unknown };

/**
 * The one file of configuration: at `askedFor`, else `kinetoscope.config.yaml` in `cwd`.
 * @returns null where there is none and none was asked for
 * @throws ConfigError where it cannot be read or is not YAML; with line and column
 */
export function readConfigFile(askedFor: string | undefined, cwd: string): ConfigFile | null {
  const path = resolve(cwd, askedFor ?? DEFAULT_NAME);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && askedFor === undefined) return null;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(code ?? error)})`;
    const named = askedFor === undefined ? '' : '\n  It was asked for by KINETOSCOPE_CONFIG.';
    throw new ConfigError(`The configuration file ${path} ${what}.${named}`);
  }
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    const reasons = document.errors.map(
      (error) => `  ${error.message.trimEnd().replaceAll('\n', '\n  ')}`,
    );
    throw new ConfigError(`The configuration file ${path} is not YAML:\n${reasons.join('\n')}`);
  }
  // An empty file, or one of comments alone, says nothing.
  return { path, content: document.toJS() ?? {} };
}
