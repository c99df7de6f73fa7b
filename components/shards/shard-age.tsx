'use client';

import { Unknown } from '#components/primitives/unknown.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useZone } from '#lib/time/zone-provider.tsx';

/** Ages of shards are told in minutes and days: there is no need to count each second. */
const EVERY_MS = 10_000;

export function ShardAge({ createdAtMs }: { readonly createdAtMs: number | null }) {
  const nowMs = useServerNow(EVERY_MS);
  const zone = useZone();
  if (createdAtMs === null) {
    return <Unknown reason="its starting sequence number is of another layout" />;
  }
  return (
    <span title={`Made at ${formatInstant(createdAtMs, zone)}`}>
      {formatAge(nowMs - createdAtMs)}
    </span>
  );
}
