import { PointerTooltip } from '#components/primitives/pointer-tooltip.tsx';
import { countOf } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { LineageBox } from '#lib/lineage/draw-lineage.ts';
import { fateWords, type LifeContext, lifeLines, originWords } from '#lib/lineage/lineage-words.ts';
import { ringShard } from '#lib/strip/ring-shards.ts';
import classes from './lineage-view.module.css';

/** A band that ends below this, CSS pixels, has no room below it. */
const LOW = 180;

type LineageTooltipProps = {
  box: LineageBox;
  /** Of the picture, CSS pixels. */
  width: number;
  context: LifeContext;
};

/** All about one band. Sighted readers' twin of the option's words. */
export function LineageTooltip({ box, width, context }: LineageTooltipProps) {
  const { band } = box;
  return (
    <PointerTooltip
      at={(box.x + box.width / 2) / width}
      width={380}
      top={
        box.y + box.height > LOW ? `${Math.max(box.y + 24, 24)}px` : `${box.y + box.height + 6}px`
      }
      id={band.shard?.shard.shardId ?? null}
    >
      {band.shard === null ? (
        <>
          <strong>{countOf(band.count, `${band.state} shard`)} side by side</strong>
          <p className={classes.quiet}>
            {band.createdAtMs === null
              ? 'Created at unknown times'
              : `The first created ${formatInstant(band.createdAtMs, context.zone)}`}
            {band.endedAtMs !== null &&
              `, the last ended ${formatInstant(band.endedAtMs, context.zone)}`}
            . Zoom the strip or the time to tell them apart.
          </p>
        </>
      ) : (
        <dl className={classes.life}>
          <dt>Range</dt>
          <dd>{shareOf(box)} of the ring</dd>
          <dt>From</dt>
          <dd>{originWords(band.shard.parents)}</dd>
          <dt>Then</dt>
          <dd>{fateWords(band.shard)}</dd>
          {lifeLines(band.shard, context).map(({ name, value }) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name} value`}>{value}</dd>,
          ])}
        </dl>
      )}
    </PointerTooltip>
  );
}

function shareOf({ band }: LineageBox): string {
  if (band.shard === null) return '';
  const { start, end } = ringShard(band.shard.shard);
  return formatShare(end - start);
}
