/**
 * Something that acts at instants of its own choice: a producer, a consumer, the archiver. The same actor
 * runs in the virtual past and in the live world; only who calls it differs.
 */
export type Actor = {
  readonly name: string;
  /** When it wants to act next, epoch ms. Grows with each `act`; Infinity when all is done. */
  readonly nextDueMs: number;
  act(nowMs: number): Promise<void>;
};
