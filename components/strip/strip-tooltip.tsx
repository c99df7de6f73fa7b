import type { Frame } from '#lib/domain/frame.ts';
import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { rangeShare } from '#lib/domain/hash-range.ts';
import { formatLag } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { isKnown, UNKNOWN } from '#lib/format/quantity.ts';
import { sourceLine } from '#lib/format/source-line.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { limitLines } from '#lib/strip/limit-lines.ts';
import type { RingShard } from '#lib/strip/ring-shards.ts';
import type { ShardReading } from '#lib/strip/shard-readings.ts';
import { stepOfUse } from '#lib/strip/use-step.ts';
import classes from './strip-tooltip.module.css';

type StripTooltipProps = {
  shard: RingShard;
  reading: ShardReading;
  frame: Frame | null;
  stale: boolean;
  unknownReason: string;
};

/** All about one shard in the period of the frame. Sighted readers' twin of the option's label. */
export function StripTooltip({ shard, reading, frame, stale, unknownReason }: StripTooltipProps) {
  const { figures, tightest } = reading;
  const middle = (shard.start + shard.end) / 2;
  return (
    <div
      className={classes.tooltip}
      style={{ ['--at' as string]: String(middle) }}
      data-stale={stale || undefined}
      aria-hidden
    >
      <div className={classes.id}>{shard.shardId}</div>
      <div className={classes.range}>
        <span>{hashKeyToHex(shard.range.start)}</span>
        <span>{hashKeyToHex(shard.range.end)}</span>
        <span className={classes.share}>{formatShare(rangeShare(shard.range))} of the ring</span>
      </div>
      {tightest.limit === null ? (
        <p className={classes.unknown}>No datapoint. {unknownReason}</p>
      ) : (
        <>
          <table className={classes.limits}>
            <tbody>
              {limitLines(reading).map((line) => (
                <tr key={line.limit} data-binds={line.binds || undefined}>
                  <th scope="row">{line.name}</th>
                  <td>{line.rate}</td>
                  <td className={classes.max}>of {line.max}</td>
                  <td className={classes.percent}>{line.percent}</td>
                  <td className={classes.bar}>
                    <i
                      style={{
                        width: `${Math.min(100, Number.isNaN(line.use) ? 0 : line.use * 100)}%`,
                        background: `var(--k-use-${stepOfUse(line.use) ?? 0})`,
                      }}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className={classes.marks}>
            <span data-danger={figures.writeThrottledRecords > 0 || undefined}>
              {countKnown(figures.writeThrottledRecords, 'record')} refused
            </span>
            <span data-danger={figures.readThrottledCalls > 0 || undefined}>
              {countKnown(figures.readThrottledCalls, 'read')} refused
            </span>
            <span>
              iterator age{' '}
              {isKnown(figures.iteratorAgeMs) ? formatLag(figures.iteratorAgeMs) : UNKNOWN}
            </span>
          </div>
        </>
      )}
      {frame !== null && <SourceLine frame={frame} />}
    </div>
  );
}

function SourceLine({ frame }: { frame: Frame }) {
  return <div className={classes.source}>{sourceLine(frame, useServerNow())}</div>;
}

function countKnown(count: number, noun: string): string {
  return isKnown(count) ? countOf(count, noun) : `${formatCount(count)} ${noun}s`;
}
