import { PUT_RECORDS_BYTES_MAX, PUT_RECORDS_COUNT_MAX } from '#lib/domain/limits.ts';
import type { Actor } from './actor.ts';
import { Demand, type Stamp } from './demand.ts';
import {
  ClientFault,
  type KinesisClientPort,
  type Outcome,
  type PutEntry,
} from './kinesis-client-port.ts';
import type { ProducerLedger } from './producer-ledger.ts';
import type { ProducerPlan } from './producer-plan.ts';

/** A refused record is tried once more after so long, then given up; the library of AWS backs off likewise. */
const RETRY_AFTER_MS = 300;

/** Half of what one call may hold: a batch that grew while the producer was held up goes out in parts. */
const CALL_BYTES_MAX = PUT_RECORDS_BYTES_MAX / 2;

/** After a longer pause, what would have been due is left out: a producer does not make up for its absence. */
const CATCH_UP_MAX_MS = 1_500;

type Retry = { readonly dueMs: number; readonly entry: PutEntry };

/** One application that writes to one stream, at the pace of its plan. */
export class Producer implements Actor {
  readonly name: string;
  /** Multiplies the plan's rates; changed while it runs. */
  rate: number;
  isPaused = false;
  client: KinesisClientPort;
  stamp: Stamp;
  readonly streamName: string;
  readonly #batchMs: number;
  readonly #demand: Demand;
  readonly #ledger: ProducerLedger;
  readonly #retries: Retry[] = [];
  #nextDueMs: number;
  #lostRecords = 0;

  constructor(init: {
    readonly plan: ProducerPlan;
    readonly client: KinesisClientPort;
    readonly ledger: ProducerLedger;
    readonly stamp: Stamp;
    readonly rate: number;
    readonly fromMs: number;
  }) {
    this.streamName = init.plan.streamName;
    this.name = `${init.plan.streamName}-producer`;
    this.client = init.client;
    this.rate = init.rate;
    this.stamp = init.stamp;
    this.#batchMs = init.plan.batchMs;
    this.#demand = new Demand(init.plan, init.fromMs);
    this.#ledger = init.ledger;
    this.#nextDueMs = init.fromMs + init.plan.batchMs;
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  /** Records refused twice, or lost with a call that failed. */
  get lostRecords(): number {
    return this.#lostRecords;
  }

  /** @throws ClientFault when a call failed, after the others have been made. */
  async act(nowMs: number): Promise<void> {
    this.#nextDueMs = Math.max(this.#nextDueMs + this.#batchMs, nowMs);
    if (this.isPaused) {
      this.#demand.skipTo(nowMs);
      return;
    }
    this.#demand.skipTo(nowMs - CATCH_UP_MAX_MS);
    const fresh = this.#demand.take(nowMs, this.rate, this.stamp);
    const faults = await this.#putAll(fresh, nowMs, (refused) => {
      this.#retries.push(...refused.map((entry) => ({ dueMs: nowMs + RETRY_AFTER_MS, entry })));
    });
    // New records first: what was refused gets what room they leave.
    const later = await this.#putAll(this.#takeRetries(nowMs), nowMs, (refused) => {
      this.#lostRecords += refused.length;
    });
    const [fault] = [...faults, ...later];
    if (fault !== undefined) {
      throw fault;
    }
  }

  async #putAll(
    entries: readonly PutEntry[],
    nowMs: number,
    onRefused: (refused: readonly PutEntry[]) => void,
  ): Promise<ClientFault[]> {
    const faults: ClientFault[] = [];
    for (const call of intoCalls(entries)) {
      const { refused, fault } = await this.#put(call, nowMs);
      onRefused(refused);
      if (fault !== null) faults.push(fault);
    }
    return faults;
  }

  #takeRetries(nowMs: number): PutEntry[] {
    // In the order of their instants: the first that is not due ends it.
    const waiting = this.#retries.findIndex(({ dueMs }) => dueMs > nowMs);
    const due = this.#retries.splice(0, waiting < 0 ? this.#retries.length : waiting);
    return due.map(({ entry }) => entry);
  }

  /** @returns the entries that were refused as too fast, and why the call failed as a whole, if it did. */
  async #put(
    entries: readonly PutEntry[],
    nowMs: number,
  ): Promise<{ readonly refused: readonly PutEntry[]; readonly fault: ClientFault | null }> {
    try {
      const { answeredAtMs, outcomes } = await this.client.putRecords(this.streamName, entries);
      this.#ledger.count(this.streamName, answeredAtMs, tally(outcomes));
      return { refused: entries.filter((_, i) => outcomes[i] === 'throttled'), fault: null };
    } catch (error) {
      if (!(error instanceof ClientFault)) {
        throw error;
      }
      this.#lostRecords += entries.length;
      this.#ledger.count(this.streamName, nowMs, tally(entries.map(() => 'failed')));
      return { refused: [], fault: error };
    }
  }
}

function tally(outcomes: readonly Outcome[]) {
  const count = { accepted: 0, throttled: 0, failed: 0 };
  for (const outcome of outcomes) {
    count[outcome] += 1;
  }
  return { attempted: outcomes.length, ...count };
}

/** Cuts a batch into calls that PutRecords takes. */
export function* intoCalls(entries: readonly PutEntry[]): Generator<readonly PutEntry[]> {
  let call: PutEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    // Keys have at most 256 characters of at most 4 bytes; counting them so is safe and quick.
    const size = entry.data.length + entry.partitionKey.length * 4;
    if (
      call.length === PUT_RECORDS_COUNT_MAX ||
      (call.length > 0 && bytes + size > CALL_BYTES_MAX)
    ) {
      yield call;
      call = [];
      bytes = 0;
    }
    call.push(entry);
    bytes += size;
  }
  if (call.length > 0) {
    yield call;
  }
}
