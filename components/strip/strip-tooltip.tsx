import { PointerTooltip } from '#components/primitives/pointer-tooltip.tsx';
import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { rangeShare } from '#lib/domain/hash-range.ts';
import type { ShardMark } from '#lib/domain/shard-mark.ts';
import { formatLag } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare, formatUse } from '#lib/format/percent.ts';
import { isKnown, UNKNOWN } from '#lib/format/quantity.ts';
import { sourceLine } from '#lib/format/source-line.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { limitLines } from '#lib/strip/limit-lines.ts';
import { stepOfUse } from '#lib/strip/use-step.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import type { ActiveShard } from './active-shard.ts';
import { BindingSince } from './binding-since.tsx';
import classes from './strip-tooltip.module.css';

type StripTooltipProps = {
  /** The stream whose present is shown, to tell since when a limit binds; null for the past. */
  presentOf: number | null;
  /** null while the server is asked which shard is pointed at. */
  active: ActiveShard | null;
  /** Where to stand, as a share of the strip's width. */
  middle: number;
  /** The column under the pointer, where many shards share it. */
  column: { readonly count: number; readonly mark: ShardMark | null } | null;
  stale: boolean;
  unknownReason: string;
};

/** All about one shard in the period of the map. Sighted readers' twin of the option's label. */
export function StripTooltip(props: StripTooltipProps) {
  const { active, column, stale } = props;
  return (
    <PointerTooltip
      at={props.middle}
      width={360}
      top="calc(100% + 8px)"
      id={active?.shard.shardId ?? null}
    >
      {active === null ? (
        <div className={classes.reading}>Reading the shard under the pointer…</div>
      ) : (
        <Shard
          active={active}
          presentOf={props.presentOf}
          stale={stale}
          unknownReason={props.unknownReason}
        />
      )}
      {column !== null && (
        <div className={classes.column}>
          {countOf(column.count, 'shard')} in this column; the worst uses{' '}
          {column.mark === null ? UNKNOWN : formatUse(column.mark.use)}
          {column.mark?.throttled === true && ' and refuses'}
        </div>
      )}
      {active !== null && active.period !== null && <SourceLine period={active.period} />}
    </PointerTooltip>
  );
}

type ShardProps = Pick<StripTooltipProps, 'presentOf' | 'stale' | 'unknownReason'> & {
  active: ActiveShard;
};

function Shard({ active, presentOf, stale, unknownReason }: ShardProps) {
  const { shard, reading } = active;
  const { figures, tightest } = reading;
  return (
    <>
      <div className={classes.range}>
        <span>{hashKeyToHex(shard.range.start)}</span>
        <span>{hashKeyToHex(shard.range.end)}</span>
        <span className={classes.share}>{formatShare(rangeShare(shard.range))} of the ring</span>
      </div>
      {tightest.limit === null ? (
        <p className={classes.unknown}>No datapoint. {unknownReason}</p>
      ) : (
        <>
          <table className={classes.limits} data-stale={stale || undefined}>
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
          {presentOf !== null && (
            <BindingSince streamId={presentOf} shardId={shard.shardId} reading={reading} />
          )}
        </>
      )}
    </>
  );
}

function SourceLine({ period }: { period: FigurePeriod }) {
  return <div className={classes.source}>{sourceLine(period, useServerNow(), useZone())}</div>;
}

function countKnown(count: number, noun: string): string {
  return isKnown(count) ? countOf(count, noun) : `${formatCount(count)} ${noun}s`;
}
