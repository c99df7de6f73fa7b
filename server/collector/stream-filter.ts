import picomatch from 'picomatch';

/** Which streams a connection takes in: those that `include` names (all where it is empty) and `exclude` does not. */
export function streamFilter(
  include: readonly string[],
  exclude: readonly string[],
): (streamName: string) => boolean {
  const included = include.length === 0 ? () => true : picomatch([...include]);
  const excluded = exclude.length === 0 ? () => false : picomatch([...exclude]);
  return (streamName) => included(streamName) && !excluded(streamName);
}
