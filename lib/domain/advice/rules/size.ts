import type { AdviceFacts, AdviceSettings, Peak, Peaks } from '#lib/domain/advice/facts.ts';
import type { Finding } from '#lib/domain/advice/finding.ts';
import { type ShardsNeeded, shardsNeeded } from '#lib/domain/advice/shards-needed.ts';
import { DOLLARS_PER_SHARD_HOUR, HOURS_PER_MONTH } from '#lib/domain/prices.ts';

/** Whoever takes shards away by less history than a day would do so by the night's load. */
const HISTORY_MS_MIN = 24 * 3_600_000;
/** From this many times what is needed on, it is worth somebody's time. */
const TOO_MANY = 2;

/** What the sizing of a stream comes to, for a screen that always shows it. */
export type Sizing = {
  readonly openShardCount: number;
  readonly headroom: number;
  /** For the newest period; null: not known. */
  readonly present: ShardsNeeded | null;
  readonly peak: ShardsNeeded | null;
  /** The period of the limit that binds at the peak. */
  readonly peakAt: Peak | null;
  /** Records were refused: what was accepted, and so what is needed, is the least. */
  readonly isLeast: boolean;
};

export function sizing(facts: AdviceFacts, { headroom }: AdviceSettings): Sizing {
  const { present, history, openShardCount } = facts;
  const peaks = history?.peaks ?? null;
  const peak =
    peaks === null
      ? null
      : shardsNeeded(
          {
            writeBytesPerSecond: peaks.writeBytes?.perSecond ?? null,
            writeRecordsPerSecond: peaks.writeRecords?.perSecond ?? null,
            readBytesPerSecond: peaks.readBytes?.perSecond ?? null,
          },
          headroom,
        );
  return {
    openShardCount,
    headroom,
    present: present === null ? null : shardsNeeded(present, headroom),
    peak,
    peakAt: peak === null || peaks === null ? null : peaks[peak.limit],
    isLeast: (present?.throttledRecords ?? 0) > 0 || (history?.refusals.throttledRecords ?? 0) > 0,
  };
}

/** Provisioned streams whose shards are too few for their highest load, or many too many. */
export function sizeRule(facts: AdviceFacts, settings: AdviceSettings): readonly Finding[] {
  const { history, openShardCount } = facts;
  if (facts.mode === 'ON_DEMAND' || facts.status === 'DELETING' || history === null) return [];
  const { peak: needed, peakAt, headroom } = sizing(facts, settings);
  if (needed === null || peakAt === null) return [];
  const { peaks } = history;
  const window = {
    fromMs: peaks.sinceMs,
    toMs: peaks.untilMs,
    periodSeconds: peakAt.periodSeconds,
  };
  const common = { openShardCount, headroom, needed, peak: peakAt, window };
  if (needed.shards > openShardCount) {
    return [{ id: 'too-few-shards', severity: 'warning', ...common }];
  }
  const isOld = spanMs(peaks) >= HISTORY_MS_MIN;
  if (!isOld || openShardCount < TOO_MANY * needed.shards) return [];
  const spare = openShardCount - needed.shards;
  return [
    {
      id: 'too-many-shards',
      severity: 'info',
      ...common,
      savedDollarsPerMonth: spare * DOLLARS_PER_SHARD_HOUR * HOURS_PER_MONTH,
    },
  ];
}

function spanMs({ sinceMs, untilMs }: Peaks): number {
  return untilMs - sinceMs;
}
