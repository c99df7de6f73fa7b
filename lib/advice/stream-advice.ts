import type { Finding } from '#lib/domain/advice/finding.ts';
import type { Sizing } from '#lib/domain/advice/rules/size.ts';

/** Advice on a stream by its recorded history, as it goes over the wire. Instants are of the database's clock. */
export type StreamAdvice = {
  readonly streamId: number;
  readonly madeAtMs: number;
  /** The gravest first. */
  readonly findings: readonly Finding[];
  readonly sizing: Sizing;
  /** Since when there is a recorded history; null: there is none. */
  readonly recordedSinceMs: number | null;
};
