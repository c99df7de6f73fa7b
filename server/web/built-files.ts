import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Made once and sent many times: worth the most that gzip can do. */
const GZIP_LEVEL = 9;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export type BuiltFile = {
  readonly contentType: string;
  readonly plain: Buffer;
  /** null where it would not be smaller. */
  readonly gzipped: Buffer | null;
};

/** Files of a build, read and compressed when they are first asked for, and kept: a build never changes. */
export type BuiltFiles = {
  /** @param name path below the folder, with `/`; null where there is no such file of a type that pages load */
  readonly get: (name: string) => Promise<BuiltFile | null>;
};

export function createBuiltFiles(folder: string): BuiltFiles {
  const files = new Map<string, Promise<BuiltFile>>();
  return {
    async get(name) {
      const contentType = CONTENT_TYPES[extname(name)];
      // Plain names only: nothing that leads out of the folder, and nothing that is escaped.
      if (contentType === undefined || !/^[\w~-][\w.~-]*(\/[\w~-][\w.~-]*)*$/.test(name))
        return null;
      const file = files.get(name) ?? read(join(folder, ...name.split('/')), contentType);
      files.set(name, file);
      try {
        return await file;
      } catch {
        // Not there, or not readable: whoever is asked next says so. Kept, any name would be kept.
        files.delete(name);
        return null;
      }
    },
  };
}

async function read(path: string, contentType: string): Promise<BuiltFile> {
  const plain = await readFile(path);
  const gzipped = await compress(plain, { level: GZIP_LEVEL });
  return { contentType, plain, gzipped: gzipped.byteLength < plain.byteLength ? gzipped : null };
}
