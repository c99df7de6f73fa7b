/** What a worker's process has used since it began. */
export type WorkerUse = {
  readonly cpuMs: number;
  readonly peakRssMB: number;
  /** At present, garbage included. */
  readonly heapUsedMB: number;
};

export function ownUse(): WorkerUse {
  const { user, system } = process.cpuUsage();
  return {
    cpuMs: (user + system) / 1_000,
    peakRssMB: Math.ceil(process.resourceUsage().maxRSS / 1_024),
    heapUsedMB: Math.ceil(process.memoryUsage().heapUsed / 1_048_576),
  };
}
