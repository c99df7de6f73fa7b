import { CopyText } from '#components/primitives/copy-text.tsx';
import { type HashKey, hashKeyToHex } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import { shortHashKey } from '#lib/format/hash-key.ts';

/** Both bounds, short in hexadecimal; each copies whole, in the decimal that Kinesis takes. */
export function HashRangeCell({ range }: { readonly range: HashRange }) {
  return (
    <>
      <Bound hashKey={range.start} what="the first hash key" />
      <Bound hashKey={range.end} what="the last hash key" />
    </>
  );
}

function Bound({ hashKey, what }: { readonly hashKey: HashKey; readonly what: string }) {
  return (
    <CopyText
      short={shortHashKey(hashKey)}
      whole={String(hashKey)}
      what={what}
      detail={`0x${hashKeyToHex(hashKey)}`}
    />
  );
}
