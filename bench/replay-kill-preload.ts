/** Loaded by Node before a worker that is to be wrong: shows that replay-kill sees it. */
import { CHECKPOINT_BEFORE_EMIT } from './replay/checkpoint-fault.ts';
import { seedFaults } from './seed-fault.ts';

seedFaults(CHECKPOINT_BEFORE_EMIT);
