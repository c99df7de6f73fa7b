'use client';

import { CopyText } from '#components/primitives/copy-text.tsx';
import { ShardButton } from '#components/primitives/shard-button.tsx';
import { type HashKey, hashKeyToHex, toFraction } from '#lib/domain/hash-key.ts';
import { formatShare } from '#lib/format/percent.ts';
import { typedKeyOf } from '#lib/key-lookup/typed-keys.ts';
import { useKeyHolders } from '#lib/key-lookup/use-key-holders.ts';
import type { LineageShardView } from '#lib/lineage/lineage-map.ts';
import { lifeLines } from '#lib/lineage/lineage-words.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { Pulse } from '#lib/live/pulse.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './key-lookup.module.css';

const EVERY_MS = 5_000;

type KeyResultProps = {
  row: StreamRow;
  pulse: Pulse;
  hashKey: HashKey;
  onSelect: (shardId: string) => void;
};

/** One key: its hash in both forms, its place, and the shards that hold or held it. */
export function KeyResult({ row, pulse, hashKey, onSelect }: KeyResultProps) {
  const { found, failure } = useKeyHolders(row.streamId, pulse.topologyId, hashKey);
  const hex = hashKeyToHex(hashKey);
  const typed = typedKeyOf(hashKey);
  return (
    <section className={classes.result} aria-label="The key and its shards">
      <dl className={classes.facts}>
        {typed !== null && (
          <>
            <dt>Partition key</dt>
            <dd>
              <q className={classes.typed}>{typed}</q>
            </dd>
          </>
        )}
        <dt>{typed === null ? 'Hash key, hex' : 'MD5'}</dt>
        <dd className={classes.mono}>
          <CopyText short={hex} whole={hex} what="the hash in hexadecimal" />
        </dd>
        <dt>Hash key</dt>
        <dd className={classes.mono}>
          <CopyText short={String(hashKey)} whole={String(hashKey)} what="the hash key" />
        </dd>
        <dt>Place</dt>
        <dd>{formatShare(toFraction(hashKey))} of the way along the ring, marked on the strip</dd>
      </dl>
      {failure !== null && (
        <p className={classes.failure}>The shards could not be read: {failure}</p>
      )}
      {found === null && failure === null && <p className={classes.quiet}>Reading the shards…</p>}
      {found !== null && (
        <ol className={classes.holders} aria-label="Shards that hold or held the key, newest first">
          {found.holders.map((holder) => (
            <Holder
              key={holder.shard.shardId}
              holder={holder}
              retentionHours={row.retentionHours}
              onSelect={onSelect}
            />
          ))}
        </ol>
      )}
      {found?.holders.length === 0 && (
        <p className={classes.quiet}>
          No shard that is known holds this key: the ring has a hole here.
        </p>
      )}
    </section>
  );
}

function Holder(props: {
  readonly holder: LineageShardView;
  readonly retentionHours: number;
  readonly onSelect: (shardId: string) => void;
}) {
  const { holder, retentionHours, onSelect } = props;
  const nowMs = useServerNow(EVERY_MS);
  const zone = useZone();
  const { shardId } = holder.shard;
  const lines = lifeLines(holder, { retentionHours, nowMs, zone });
  const of = (name: string) => lines.find((line) => line.name === name)?.value ?? '';
  return (
    <li className={classes.holder} data-state={holder.state}>
      <ShardButton shardId={shardId} whole onSelect={onSelect} />
      <strong>{holder.state === 'open' ? 'open: new records go here' : holder.state}</strong>
      <span className={classes.quiet}>
        {holder.state === 'open'
          ? `created ${of('Created')}`
          : `ended ${of('Ended')}; readable ${of('Readable')}`}
      </span>
    </li>
  );
}
