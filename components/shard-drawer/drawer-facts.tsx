'use client';

import type { ReactNode } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { ShardButton } from '#components/primitives/shard-button.tsx';
import { hashKeyToHex } from '#lib/domain/hash-key.ts';
import { formatShare } from '#lib/format/percent.ts';
import { shortSequenceNumber } from '#lib/format/sequence-number.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { LineageShardView, Relative } from '#lib/lineage/lineage-map.ts';
import { lifeLines } from '#lib/lineage/lineage-words.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { sequenceTimeMs } from '#lib/shard-drawer/sequence-time.ts';
import { ringShard } from '#lib/strip/ring-shards.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './shard-drawer.module.css';

const EVERY_MS = 5_000;

type DrawerFactsProps = {
  life: LineageShardView;
  retentionHours: number;
  onSelect: (shardId: string) => void;
};

/** Where the shard lies, where it came from and went, and its sequence numbers. */
export function DrawerFacts({ life, retentionHours, onSelect }: DrawerFactsProps) {
  const nowMs = useServerNow(EVERY_MS);
  const zone = useZone();
  const { shard } = life;
  const { range, start, end } = ringShard(shard);
  return (
    <dl className={classes.facts}>
      <dt>Hex</dt>
      <dd className={classes.keys}>
        <Key text={hashKeyToHex(range.start)} what="the first hash key in hexadecimal" />
        <Key text={hashKeyToHex(range.end)} what="the last hash key in hexadecimal" />
      </dd>
      <dt>Decimal</dt>
      <dd className={classes.keys}>
        <Key text={shard.startingHashKey} what="the first hash key" />
        <Key text={shard.endingHashKey} what="the last hash key" />
      </dd>
      <dt>Share</dt>
      <dd>{formatShare(end - start)} of the ring</dd>
      {lifeLines(life, { retentionHours, nowMs, zone }).flatMap(({ name, value }) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name} value`}>{value}</dd>,
      ])}
      <dt>Parents</dt>
      <dd>
        <Relatives
          of={life.parents}
          none="none: made with the stream, or never seen"
          onSelect={onSelect}
        />
      </dd>
      <dt>Children</dt>
      <dd>
        <Relatives of={life.children} none="none: neither split nor merged" onSelect={onSelect} />
      </dd>
      <dt>First sequence</dt>
      <dd>
        <Sequence text={shard.startingSequenceNumber} what="the starting sequence number" />
      </dd>
      <dt>Last sequence</dt>
      <dd>
        {shard.endingSequenceNumber === null ? (
          'none: open'
        ) : (
          <Sequence text={shard.endingSequenceNumber} what="the ending sequence number" />
        )}
      </dd>
    </dl>
  );
}

function Key({ text, what }: { readonly text: string; readonly what: string }) {
  return <CopyText short={text} whole={text} what={what} />;
}

function Sequence({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  const zone = useZone();
  const atMs = sequenceTimeMs(text);
  return (
    <>
      <CopyText short={shortSequenceNumber(text)} whole={text} what={what} />{' '}
      <span className={classes.quiet}>
        {atMs === null ? 'time unknown: another layout' : formatInstant(atMs, zone)}
      </span>
    </>
  );
}

function Relatives(props: {
  readonly of: readonly Relative[];
  readonly none: string;
  readonly onSelect: (shardId: string) => void;
}) {
  if (props.of.length === 0) return props.none;
  return props.of.map(({ shardId, state }) => (
    <span key={shardId} className={classes.relative}>
      {state === null ? (
        <span title={shardId}>{shortShardId(shardId)}</span>
      ) : (
        <ShardButton shardId={shardId} onSelect={props.onSelect} />
      )}{' '}
      <span className={classes.quiet}>{state ?? 'never seen here'}</span>
    </span>
  ));
}
