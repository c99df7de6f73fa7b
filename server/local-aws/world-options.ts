import { METRICS_PROFILES, type MetricsProfile } from './cloudwatch/metric-clock.ts';
import type { SyntheticWorld } from './scenario/synthetic-world.ts';

/** What a world is made of. `DEFAULT_WORLD` is the demo. */
export type WorldOptions = {
  /** Kinesis and CloudWatch share the first; 0 takes any free port. */
  readonly ports: {
    readonly kinesis: number;
    readonly dynamodb: number;
    readonly s3: number;
    readonly admin: number;
  };
  readonly region: string;
  readonly seed: number;
  readonly scenario: 'demo' | 'none';
  readonly world: SyntheticWorld | null;
  /** How much has happened before the start, minutes of virtual time. */
  readonly pastMinutes: number;
  /** Multiplies what producers send. */
  readonly rate: number;
  /** Zipf exponent of the tweets' topics. */
  readonly skew: number;
  /** Memory for records, bytes. */
  readonly recordBytesMax: number;
  readonly metrics: MetricsProfile;
  /** How long streams are CREATING, UPDATING and DELETING, ms. */
  readonly transitionMs: number;
  /** Scale of the per-shard limits; null switches them off. */
  readonly limitScale: number | null;
  /** Scale of the rates at which operations may be called; null switches them off. */
  readonly apiRateScale: number | null;
  /** `virtual` stands still unless it is moved, by the admin port or by a test. */
  readonly clock: 'wall' | 'virtual';
  /** Where a virtual clock begins, epoch ms; null for the machine's time. */
  readonly startAtMs: number | null;
};

export const DEFAULT_WORLD: WorldOptions = {
  ports: { kinesis: 4567, dynamodb: 4568, s3: 4569, admin: 4570 },
  region: 'us-east-1',
  seed: 1,
  scenario: 'demo',
  world: null,
  pastMinutes: 30,
  rate: 1,
  skew: 1.1,
  recordBytesMax: 512 * 1_048_576,
  metrics: METRICS_PROFILES.demo,
  transitionMs: 2_000,
  limitScale: 1,
  apiRateScale: 1,
  clock: 'wall',
  startAtMs: null,
};
