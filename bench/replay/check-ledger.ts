/** The figures of a replay's receipt, as they stand in the store. */
export type ReceiptFigures = {
  readonly decoded: number;
  readonly emitted: number;
  readonly filtered: number;
  readonly deduplicated: number;
  readonly quarantined: number;
  readonly recordsIntended: number;
  readonly recordsAcknowledged: number;
  readonly recordsThrottled: number;
  readonly recordsFailed: number;
  readonly recordsInLostAnswers: number;
  readonly recordsInterrupted: number;
};

/**
 * Whether a replay that is over accounts for each of the `records` of its archive once, and for each of its sends.
 * Reckoned here once more, since the product is what is judged.
 */
export function isBalanced(figures: ReceiptFigures, records: number): boolean {
  const ended = figures.emitted + figures.filtered + figures.deduplicated + figures.quarantined;
  const heardOf =
    figures.recordsAcknowledged +
    figures.recordsThrottled +
    figures.recordsFailed +
    figures.recordsInLostAnswers +
    figures.recordsInterrupted;
  return (
    figures.decoded === records &&
    ended === records &&
    figures.recordsIntended === heardOf &&
    figures.emitted === figures.recordsAcknowledged
  );
}

/** Records that may be in the target once more than once, as the receipt says. */
export function duplicatesReported(figures: ReceiptFigures): number {
  return figures.recordsInLostAnswers + figures.recordsInterrupted;
}
