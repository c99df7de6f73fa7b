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
    // A file outside of the build: its path is the configuration's matter.
    text = readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && askedFor === undefined) return null;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${String(code ?? error)})`;
    const named = askedFor === undefined ? '' : '\n  It was asked for by KINETOSCOPE_CONFIG.';
    throw new ConfigError(`The configuration file ${path} ${what}.${named}`);
  }
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) throw notYaml(path, document.errors);
  try {
    // An empty file, or one of comments alone, says nothing.
    return { path, content: document.toJS() ?? {} };
  } catch (error) {
    // A pattern that begins with * and stands without quotes is an alias to YAML, and only followed here.
    if (error instanceof ReferenceError) throw notYaml(path, [error], QUOTE_PATTERNS);
    throw error;
  }
}

const QUOTE_PATTERNS = 'A text that begins with * is put in quotes, e.g. exclude: ["*-test"].';

function notYaml(path: string, errors: readonly Error[], advice?: string): ConfigError {
  const reasons = errors.map(({ message }) => message.trimEnd().replaceAll('\n', '\n  '));
  const lines = [...reasons, ...(advice === undefined ? [] : [advice])].map((line) => `  ${line}`);
  return new ConfigError(`The configuration file ${path} is not YAML:\n${lines.join('\n')}`);
}
