import { CopyText } from '#components/primitives/copy-text.tsx';
import { shortSequenceNumber } from '#lib/format/sequence-number.ts';
import type { ShardRow } from '#lib/live/stream-detail.ts';

/** The starting sequence number, and of a closed shard the ending one; each copies whole. */
export function SequenceNumbers({ shard }: { readonly shard: ShardRow }) {
  const { startingSequenceNumber: start, endingSequenceNumber: end } = shard;
  return (
    <>
      <CopyText
        short={shortSequenceNumber(start)}
        whole={start}
        what="the starting sequence number"
      />
      {end !== null && (
        <CopyText short={shortSequenceNumber(end)} whole={end} what="the ending sequence number" />
      )}
    </>
  );
}
