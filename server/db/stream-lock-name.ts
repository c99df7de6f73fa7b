/** The name under which changes of a stream are made one at a time, by whichever of our processes: see withNameLock. */
export function streamLockName(connection: string, streamName: string): string {
  return `stream ${connection}/${streamName}`;
}
