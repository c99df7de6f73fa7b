import type { TrimReport } from './byte-cap.ts';
import { type Clock, wallClock } from './clock.ts';

export type EngineOptions = {
  /** The only source of time. Wall time by default. */
  readonly clock?: Clock;
  readonly accountId?: string;
  readonly region?: string;
  /**
   * How long CREATING, UPDATING and DELETING last, in ms of the engine's clock; 0 completes at once.
   * AWS takes about 30 s; the default is 2 s, so that people see the state without waiting for it.
   */
  readonly transitionMs?: number;
  /** Scale of the per-shard limits; null switches them off. 1, AWS's own, by default. */
  readonly limitScale?: number | null;
  /** Memory for records of all streams; beyond it the oldest are trimmed. */
  readonly recordBytesMax?: number;
  /** Period of the counters: 5 s for people, 60 s to be like AWS. */
  readonly meterPeriodMs?: number;
  /** Memory for counters; beyond it the oldest periods are forgotten. */
  readonly meterBytesMax?: number;
  /** Open shards that the account may have: AWS's quota in its largest regions by default. */
  readonly shardLimit?: number;
  /** On-demand streams that the account may have. */
  readonly onDemandStreamLimit?: number;
  /** Told at most every 10 s that the byte cap took data before its retention had ended. */
  readonly onTrim?: (report: TrimReport) => void;
};

export type ResolvedOptions = Required<EngineOptions>;

const DEFAULTS: ResolvedOptions = {
  clock: wallClock,
  accountId: '000000000000',
  region: 'us-east-1',
  transitionMs: 2_000,
  limitScale: 1,
  recordBytesMax: 512 * 1_024 * 1_024,
  meterPeriodMs: 5_000,
  meterBytesMax: 256 * 1_024 * 1_024,
  shardLimit: 20_000,
  onDemandStreamLimit: 50,
  onTrim: () => {},
};

/** @throws RangeError for a scale, a size or a time that can be none. */
export function resolveOptions(options: EngineOptions): ResolvedOptions {
  const resolved = { ...DEFAULTS, ...options };
  if (resolved.limitScale !== null && !(resolved.limitScale > 0)) {
    throw new RangeError(`limitScale is above 0, or null; got ${resolved.limitScale}`);
  }
  if (!(resolved.transitionMs >= 0)) {
    throw new RangeError(`transitionMs is 0 or more; got ${resolved.transitionMs}`);
  }
  if (!(resolved.meterPeriodMs > 0)) {
    throw new RangeError(`meterPeriodMs is above 0; got ${resolved.meterPeriodMs}`);
  }
  return resolved;
}
