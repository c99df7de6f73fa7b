import { rest } from './soak-client.ts';
import type { SoakFault, SoakWorld } from './soak-world.ts';

const EVERY_MS = 5_000;

/** By turns. Those of SubscribeToShard meet a shard that opens, or a subscription that is begun again. */
const FAULTS: readonly SoakFault[] = [
  { effect: { type: 'throttle' }, operation: 'PutRecords', count: 3 },
  { effect: { type: 'reset' }, operation: 'GetRecords', count: 3 },
  { effect: { type: 'lose-answer' }, operation: 'PutRecords', count: 2 },
  { effect: { type: 'error' }, operation: 'GetRecords', count: 5 },
  { effect: { type: 'stall', ms: 700 }, operation: 'PutRecords', count: 1 },
  { effect: { type: 'throttle' }, operation: 'SubscribeToShard', count: 2 },
  { effect: { type: 'error' }, operation: 'PutRecords', count: 2 },
  { effect: { type: 'lose-answer' }, operation: 'GetRecords', count: 3 },
  { effect: { type: 'reset' }, operation: 'PutRecords', count: 2 },
  { effect: { type: 'lose-answer' }, operation: 'SplitShard', count: 1 },
  { effect: { type: 'error' }, operation: 'GetShardIterator', count: 2 },
  { effect: { type: 'stall', ms: 700 }, operation: 'GetRecords', count: 2 },
];

/** Lets something go wrong each 5 s, until `signal` is aborted. @returns how many faults were set. */
export async function injectFaults(world: SoakWorld, signal: AbortSignal): Promise<number> {
  for (let turn = 0; ; turn += 1) {
    await rest(EVERY_MS, signal);
    const fault = FAULTS[turn % FAULTS.length];
    if (signal.aborted || fault === undefined) {
      return turn;
    }
    await world.addFault(fault);
  }
}
