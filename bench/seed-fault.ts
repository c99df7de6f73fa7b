import { registerHooks } from 'node:module';

/** A change of one file's source that makes it wrong. */
export type SourceFault = {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

/** Puts faults into the source as it is loaded, from now on; the files on disk stay as they are. */
export function seedFaults(faults: readonly SourceFault[]): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const ours = faults.filter(({ file }) => url === new URL(`../${file}`, import.meta.url).href);
      if (ours.length === 0) return loaded;
      const source = Buffer.from(loaded.source as Uint8Array).toString('utf8');
      return { ...loaded, source: ours.reduce(withFault, source) };
    },
  });
}

function withFault(source: string, { file, find, replace }: SourceFault): string {
  if (!source.includes(find)) throw new Error(`${file} has changed: ${find}`);
  return source.replace(find, () => replace);
}
