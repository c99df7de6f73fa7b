/**
 * Loaded by Node before a worker that is to be wrong: it writes down as acknowledged what it is about to send, so that
 * what it had in flight when it was killed is lost. Shows that replay-kill sees it.
 */
import { seedFaults } from './seed-fault.ts';

const file = 'lib/domain/replay/job/commit-group.ts';
seedFaults([
  {
    file,
    find: `draft.requests.set(entry.request, entry.spans);
      gather(draft, 'intended', entry.spans);
      count(draft, { requests: 1, recordsIntended: countUnits(entry.spans) });`,
    replace: `gather(draft, 'settled', entry.spans);
      count(draft, {
        requests: 1,
        recordsIntended: countUnits(entry.spans),
        emitted: countUnits(entry.spans),
        recordsAcknowledged: countUnits(entry.spans),
      });`,
  },
  { file, find: 'return takeAnswer(draft, entry);', replace: 'return null;' },
]);
