/** The database's clock, as last read and carried on by the process's own monotonic one. */
export type HubClock = {
  readonly set: (databaseMs: number) => void;
  readonly now: () => number;
};

export function createHubClock(): HubClock {
  // Until the database has told its time, the machine's own is the best there is.
  let offsetMs = Date.now() - performance.now();
  return {
    set(databaseMs) {
      offsetMs = databaseMs - performance.now();
    },
    now: () => Math.round(performance.now() + offsetMs),
  };
}
