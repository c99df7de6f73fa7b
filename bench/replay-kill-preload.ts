/**
 * Loaded by Node before a worker that is to be wrong: it writes down as acknowledged what it is about to send, and sends
 * it then, so that what had been written down and not been sent is lost when it is killed. Shows that replay-kill sees it.
 */
import { seedFaults } from './seed-fault.ts';

const file = 'server/jobs/replay/slice-worker.ts';
seedFaults([
  {
    file,
    find: 'this.#underWay += 1;',
    replace: `this.#underWay += 1;
    const records = batch.records.map(() => ({ ok: true as const, shardId: '' as ShardId }));
    const claimed = readOutcome(batch, { kind: 'answered', records }, shardIds);
    this.#journal.answer(answerEntry(intent, claimed), null);
    this.wake();
    await wait(this.#deps.times.commitEveryMs, this.#giveUp.signal);`,
  },
  {
    file,
    find: 'this.#journal.answer(answerEntry(intent, outcome), newestOf(outcome.acknowledged));',
    replace: '',
  },
  // What was claimed cannot be sent again.
  { file, find: 'answer = isTooLate ?', replace: 'answer = isTooLate && batch === null ?' },
]);
