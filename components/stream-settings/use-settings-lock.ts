'use client';

import type { StreamStatus } from '#lib/domain/stream.ts';
import { useStreamRows } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';

/** Why nothing may be changed on the stream's connection, in a sentence that says who can allow it; null: it may. */
export function useReadOnlyReason({ connection }: Pick<StreamRow, 'connection'>): string | null {
  const { connections } = useStreamRows();
  return connections.find((one) => one.connection === connection)?.readOnly
    ? `Connection “${connection}” is read-only: who runs Kinetoscope can allow changes with readOnly: false in kinetoscope.config.yaml.`
    : null;
}

/** Kinesis changes a stream only while it is ACTIVE. null: it is. */
export function statusLock(status: StreamStatus): string | null {
  return status === 'ACTIVE'
    ? null
    : `The stream is ${status}; Kinesis changes it only while it is ACTIVE.`;
}
