'use client';

import { Button } from '#components/primitives/button.tsx';
import { CAREFUL_CAP, type Rates } from '#lib/domain/replay/emit/caps.ts';
import { formatBytesPerSecond, formatRecordsPerSecond } from '#lib/format/rate.ts';
import { unknownTrafficWords } from '#lib/replay/unknown-traffic-words.ts';
import type { TargetView } from '#lib/replay/view/target.ts';
import classes from './replay-wizard.module.css';

/** Where nothing could be sent, as nobody knows what is free: what that means, and a cap that is careful in its place. */
export function UnknownTraffic(props: {
  readonly target: Pick<TargetView, 'shards'>;
  readonly shardCap: Rates | null;
  readonly onCap: (shardCap: Rates) => void;
}) {
  const { target, shardCap, onCap } = props;
  const unknown = target.shards.filter(({ live }) => live === null).length;
  if (unknown === 0 || shardCap !== null) return null;
  const { words, todo } = unknownTrafficWords({ shards: unknown, ofShards: target.shards.length });
  const rates = `${formatBytesPerSecond(CAREFUL_CAP.bytesPerSecond)} and ${formatRecordsPerSecond(CAREFUL_CAP.recordsPerSecond)}`;
  return (
    <div className={classes.notice} data-level="warning">
      <p className={classes.noticeTitle}>Live traffic is not known</p>
      <p>
        With these settings: {words} {todo}
      </p>
      <p>
        <Button onClick={() => onCap(CAREFUL_CAP)}>Cap each shard at {rates}</Button> A quarter of
        what a shard takes: live traffic is refused nothing while it stays below the other three.
      </p>
    </div>
  );
}
