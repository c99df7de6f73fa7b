/** A process that does not end by itself in this time after its launcher is gone, is ended. */
const GRACE_MS = 5_000;

/**
 * Calls `stop` when the launcher that started this process is gone, kill -9 included: the launcher holds the
 * other end of an IPC channel, which the kernel closes. Does nothing in a process that was started by hand.
 * The process ends by force if `stop` has not ended it after 5 s.
 *
 * @param stop the same graceful end as for SIGTERM
 */
export function followParent(stop: () => void): void {
  const { channel } = process;
  if (channel === undefined || channel === null) return;
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    stop();
  });
  // The channel alone must not keep a process alive that has nothing left to do.
  channel.unref();
}
