import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import type { PaceSettings, ReplaySettings, ReplayTarget } from '#lib/domain/replay/settings.ts';
import { BUCKET } from './put-archive.ts';

/** By which benches reach the embedded world. */
export const CONNECTION = 'bench';

/** More than anything here can do. A cap is needed where nobody knows the live traffic. */
const UNREACHED = { bytesPerSecond: 1e10, recordsPerSecond: 1e8 } as const;

/** Settings of a replay that takes all of an archive, and stops for no quarantine. */
export function settingsOf(of: {
  readonly target: ReplayTarget;
  readonly order: ReplayOrder;
  readonly transform: ReplaySettings['transform'];
  readonly prefix: string;
  readonly shardCap?: PaceSettings['shardCap'];
  readonly recordsPerSecondMax?: number;
  readonly filter?: Partial<ReplaySettings['filter']>;
}): { readonly settings: ReplaySettings; readonly pace: PaceSettings } {
  const { target, order, transform, prefix, shardCap = UNREACHED, recordsPerSecondMax } = of;
  return {
    settings: {
      source: {
        connection: target.connection,
        bucket: BUCKET,
        prefix,
        timeZone: 'UTC',
        paddingMs: 0,
      },
      sourceStreamArn: null,
      window: null,
      transform,
      filter: { window: null, partitionKeys: null, sampling: null, dedup: null, ...of.filter },
      expression: null,
      target,
      order,
      quarantine: { share: 1, unitsMin: 1 },
    },
    pace: {
      pace: { kind: 'maximum' },
      idleGapMs: 60_000,
      freeShare: 1,
      shardCap,
      totalCap:
        recordsPerSecondMax === undefined
          ? null
          : { ...UNREACHED, recordsPerSecond: recordsPerSecondMax },
    },
  };
}
