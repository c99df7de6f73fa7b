import { packFloats, unpackFloats } from '#lib/domain/frame.ts';
import { base64OfBytes } from '#lib/live/base64-of-bytes.ts';
import { bytesOfBase64 } from '#lib/live/bytes-of-base64.ts';

/** The worst lag of an application in each period of a span. Arrays run beside each other; null is a gap. */
export type LagHistory = {
  readonly applicationId: number;
  readonly periodSeconds: number;
  readonly periodStartMs: readonly number[];
  readonly atLeastSeconds: readonly (number | null)[];
  readonly atMostSeconds: readonly (number | null)[];
};

/** The same on the wire: base64 of float32, NaN for a gap. */
export type LagHistoryView = Pick<LagHistory, 'applicationId' | 'periodSeconds'> & {
  readonly firstStartMs: number;
  readonly atLeast: string;
  readonly atMost: string;
};

export function packLagHistory(history: LagHistory): LagHistoryView {
  const pack = (line: readonly (number | null)[]) =>
    base64OfBytes(packFloats(Float32Array.from(line, (value) => value ?? Number.NaN)));
  return {
    applicationId: history.applicationId,
    periodSeconds: history.periodSeconds,
    firstStartMs: history.periodStartMs[0] ?? 0,
    atLeast: pack(history.atLeastSeconds),
    atMost: pack(history.atMostSeconds),
  };
}

export function unpackLagHistory(view: LagHistoryView): LagHistory {
  const read = (text: string) =>
    Array.from(unpackFloats(bytesOfBase64(text)), (value) => (Number.isNaN(value) ? null : value));
  const atMostSeconds = read(view.atMost);
  return {
    applicationId: view.applicationId,
    periodSeconds: view.periodSeconds,
    periodStartMs: atMostSeconds.map((_, i) => view.firstStartMs + i * view.periodSeconds * 1_000),
    atLeastSeconds: read(view.atLeast),
    atMostSeconds,
  };
}
