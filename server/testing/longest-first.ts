import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, the longest first: begun last, one of them would outlast all others by its own length.
 * The soak has two minutes to stand, whenever it begins.
 */
const LONGEST: readonly string[] = [
  'bench/soak.integration.test.ts',
  'server/collector/collector.integration.test.ts',
  'server/testing/conformance.integration.test.ts',
];

/** Starts the longest files first, the others in Vitest's own order, which goes by size where no run is remembered. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
      return place === -1 ? LONGEST.length : place;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
