/**
 * Loaded by Node before the embedded world, as `conformance-mutations-preload.ts?INDEX`: puts one seeded fault into
 * the source as it is loaded. The file on disk stays as it is.
 */
import { registerHooks } from 'node:module';
import { SEEDED_FAULTS } from './conformance-mutations-faults.ts';

const fault = SEEDED_FAULTS[Number(new URL(import.meta.url).search.slice(1))];
if (fault === undefined) throw new Error(`There is no seeded fault ${import.meta.url}`);
const target = new URL(`../${fault.file}`, import.meta.url).href;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== target) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString('utf8');
    if (!source.includes(fault.find)) throw new Error(`${fault.file} has changed: ${fault.find}`);
    return { ...loaded, source: source.replace(fault.find, () => fault.replace) };
  },
});
