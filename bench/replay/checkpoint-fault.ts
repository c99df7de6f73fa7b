const file = 'server/jobs/replay/slice-worker.ts';

/**
 * A worker that writes down as acknowledged what it is about to send, and sends it then: what had been written down and
 * not been sent is lost when it is killed. Changes of its source, as bench/seed-fault.ts takes them.
 */
export const CHECKPOINT_BEFORE_EMIT = [
  {
    file,
    find: 'async #send(request: Request, since: () => number): Promise<void> {',
    replace: `async #send(request: Request, since: () => number): Promise<void> {
    const records = request.batch.records.map(() => ({ ok: true as const, shardId: '' as ShardId }));
    const claimed = readOutcome(request.batch, { kind: 'answered', records }, request.shardIds);
    this.#journal.answer(answerEntry(request.intent, claimed), null);
    this.wake();
    await wait(2 * this.#deps.times.commitEveryMs, this.#giveUp.signal);`,
  },
  {
    file,
    find: 'this.#journal.answer(answerEntry(intent, outcome), newestOf(outcome.acknowledged));',
    replace: '',
  },
  // What was claimed must not be made into another request.
  { file, find: 'since() > this.#deps.times.leaseTtlMs * SENDABLE_SHARE', replace: 'since() < 0' },
] as const;
