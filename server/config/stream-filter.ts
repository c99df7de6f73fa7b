import picomatch from 'picomatch';

/** A name is no path: one that begins with a dot is no hidden file. */
const OPTIONS = { dot: true } as const;

/** Which streams a connection takes in: those that `include` names (all where it is empty) and `exclude` does not. */
export function streamFilter(
  include: readonly string[],
  exclude: readonly string[],
): (streamName: string) => boolean {
  const included = include.length === 0 ? () => true : picomatch([...include], OPTIONS);
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], OPTIONS);
  return (streamName) => included(streamName) && !excluded(streamName);
}
