import type { HashRange } from '#lib/domain/hash-range.ts';
import { placeOfKey } from '#lib/domain/key-lookup.ts';
import { PUT_RECORDS_BYTES_MAX, PUT_RECORDS_COUNT_MAX } from '#lib/domain/limits.ts';
import { AckOrder } from './ack-order.ts';
import { Fifo } from './fifo.ts';
import { chainOf, type ReplayOrder, type Sendable } from './sendable.ts';

/** How much a buffer holds. Without these bounds one slow shard would draw the whole archive into memory. */
export type BufferWindow = {
  /** Records that wait or are in flight, and their bytes; the last one may reach beyond. */
  readonly records: number;
  readonly bytes: number;
  /**
   * How far the newest record may be ahead of the oldest that is not done, in records: what lies between is what a
   * checkpoint has to list one by one.
   */
  readonly reach: number;
};

export type BufferOptions = {
  readonly order: ReplayOrder;
  /** Of the target's open shards, in order of their starts; a lane each. */
  readonly shards: readonly HashRange[];
  /** The target's maximum record size, data and key. */
  readonly recordBytesMax: number;
  readonly window: BufferWindow;
};

/** Whether a record may be sent to a shard now. Where it may, it is charged. */
export type Gate = { tryTake(lane: number, record: Sendable): boolean };

/** One request. `lanes` names the predicted shard of each record, as a place among the shards of `placement`. */
export type Batch<T> = {
  readonly records: readonly T[];
  readonly lanes: readonly number[];
  readonly bytes: number;
  /** Raised by each change of the shards: lanes of another one mean other shards. */
  readonly placement: number;
};

type Held<T> = {
  readonly record: T;
  readonly serial: number;
  state: 'waiting' | 'in-flight' | 'done';
  /** Its predicted shard, where order is free; else it is known when its turn comes. */
  lane: number;
};

/**
 * Between the filter and the sender: keeps records by the shard that they will go to, so that a shard without capacity
 * holds back its own and no others, and makes requests of those that may be sent together.
 *
 * By order: `none`, any. `per-key`, in all requests that are under way at most one record of a key, and the next only
 * after that one was acknowledged. `strict`, one record in all. So order holds whatever fails, and at any concurrency.
 */
export class SendBuffer<T extends Sendable> {
  readonly #order: ReplayOrder;
  readonly #recordBytesMax: number;
  readonly #window: BufferWindow;
  #shards: readonly HashRange[];
  #placement = 0;
  /** Of each lane, what may be sent as far as order goes. */
  #ready: Fifo<Held<T>>[];
  /** Of each chain, its records in archive order; only the first is in a lane, or in flight. */
  readonly #chains = new Map<string, Fifo<Held<T>>>();
  readonly #held = new Map<T, Held<T>>();
  /** The oldest first; what is done leaves when it comes to the front. */
  readonly #ages = new Fifo<Held<T>>();
  /** Where order is free: of each lane, what was offered, as `#ages`. */
  #laneAges: Fifo<Held<T>>[];
  readonly #ackOrder = new AckOrder();
  #inversions = 0;
  #heldBytes = 0;
  #inFlight = 0;
  #nextSerial = 0;

  constructor({ order, shards, recordBytesMax, window }: BufferOptions) {
    this.#order = order;
    this.#shards = shards;
    this.#recordBytesMax = recordBytesMax;
    this.#window = window;
    this.#ready = shards.map(() => new Fifo());
    this.#laneAges = shards.map(() => new Fifo());
  }

  /** Whether another record is taken. */
  get hasRoom(): boolean {
    const oldest = this.#ages.peek();
    return (
      this.#held.size < this.#window.records &&
      this.#heldBytes < this.#window.bytes &&
      (oldest === undefined || this.#nextSerial - oldest.serial < this.#window.reach)
    );
  }

  get waiting(): number {
    return this.#held.size - this.#inFlight;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Takes a record, in archive order. `too-large`: the target takes none of this size, so it goes to quarantine.
   * @throws RangeError where there is no room
   */
  offer(record: T): 'taken' | 'too-large' {
    if (record.bytes > this.#recordBytesMax) return 'too-large';
    if (!this.hasRoom) throw new RangeError('The buffer is full: wait for room');
    const held: Held<T> = { record, serial: this.#nextSerial, state: 'waiting', lane: -1 };
    this.#nextSerial += 1;
    this.#held.set(record, held);
    this.#ages.push(held);
    this.#heldBytes += record.bytes;
    const chain = chainOf(record, this.#order);
    if (chain === null) {
      held.lane = this.#laneOf(record);
      this.#ready[held.lane]?.push(held);
      this.#laneAges[held.lane]?.push(held);
      return 'taken';
    }
    const before = this.#chains.get(chain);
    if (before === undefined) {
      const first = new Fifo<Held<T>>();
      first.push(held);
      this.#chains.set(chain, first);
      this.#makeReady(held);
    } else {
      before.push(held);
    }
    return 'taken';
  }

  /**
   * The next request, or null where nothing may be sent now. The oldest records go first, over all lanes that are open:
   * what is in a request lies together in the archive then, which keeps the checkpoint short. To empty one lane after the
   * other, where order is free, made a span of each record, and checkpoints a fifth of what a replay costs.
   */
  next(gate: Gate): Batch<T> | null {
    const recordsMax = this.#order === 'strict' ? 1 : PUT_RECORDS_COUNT_MAX;
    const records: T[] = [];
    const lanes: number[] = [];
    let bytes = 0;
    const heads = this.#heads();
    while (records.length < recordsMax) {
      const lane = heads.pop()?.lane;
      if (lane === undefined) break;
      const ready = this.#ready[lane];
      const head = ready?.peek();
      // A lane that gives nothing now gives nothing more to this request.
      if (head === undefined || bytes + head.record.bytes > PUT_RECORDS_BYTES_MAX) continue;
      if (!gate.tryTake(lane, head.record)) continue;
      ready?.shift();
      head.state = 'in-flight';
      this.#inFlight += 1;
      bytes += head.record.bytes;
      records.push(head.record);
      lanes.push(lane);
      const following = ready?.peek();
      if (following === undefined) continue;
      insertHead(heads, { lane, serial: following.serial });
    }
    return records.length === 0 ? null : { records, lanes, bytes, placement: this.#placement };
  }

  /** Records of requests that were acknowledged. */
  acknowledged(records: readonly T[]): void {
    for (const record of records) {
      const held = this.#landed(record);
      held.state = 'done';
      this.#held.delete(record);
      this.#heldBytes -= record.bytes;
      if (this.#order === 'none') this.#checkOrder(held);
      else this.#goOn(held);
    }
    while (this.#ages.peek()?.state === 'done') this.#ages.shift();
  }

  /** Records that were acknowledged after a later one of their key, since this was last asked. */
  takeInversions(): number {
    const found = this.#inversions + this.#ackOrder.take();
    this.#inversions = 0;
    return found;
  }

  /** Records of requests that were not acknowledged, for whatever reason: each is first in its lane again. */
  sendAgain(records: readonly T[]): void {
    for (const record of records.toReversed()) {
      const held = this.#landed(record);
      held.state = 'waiting';
      this.#ready[this.#laneOf(record)]?.giveBack(held);
    }
  }

  /** The target has other shards now: everything that waits finds its lane anew, in its order. */
  resharded(shards: readonly HashRange[]): void {
    this.#shards = shards;
    this.#placement += 1;
    const ready = this.#ready.flatMap((lane) => drained(lane)).sort((a, b) => a.serial - b.serial);
    this.#ready = shards.map(() => new Fifo());
    for (const held of ready) this.#makeReady(held);
    this.#laneAges = shards.map(() => new Fifo());
    if (this.#order !== 'none') return;
    // In the order in which they were offered.
    for (const held of this.#held.values()) {
      held.lane = this.#laneOf(held.record);
      this.#laneAges[held.lane]?.push(held);
    }
  }

  /** Of lanes in which something waits, the one that comes first last. */
  #heads(): LaneHead[] {
    const heads: LaneHead[] = [];
    for (const [lane, ready] of this.#ready.entries()) {
      const head = ready.peek();
      if (head !== undefined) heads.push({ lane, serial: head.serial });
    }
    return heads.sort((a, b) => b.serial - a.serial);
  }

  #makeReady(held: Held<T>): void {
    this.#ready[this.#laneOf(held.record)]?.push(held);
  }

  /** @throws RangeError where the shards leave a hole: nothing can be predicted then */
  #laneOf(record: T): number {
    const lane = placeOfKey(this.#shards, record.hashKey);
    if (lane === null) throw new RangeError(`No shard of the target holds ${record.hashKey}`);
    return lane;
  }

  /** @throws RangeError for a record that is not in flight: what is counted twice is a fault of ours */
  #landed(record: T): Held<T> {
    const held = this.#held.get(record);
    if (held === undefined || held.state !== 'in-flight') {
      throw new RangeError(`Record ${record.object}:${record.ordinal} is not in flight`);
    }
    this.#inFlight -= 1;
    return held;
  }

  /** A record that is done may have been overtaken by one of its key, which lies in the same lane. */
  #checkOrder({ record, serial, lane }: Held<T>): void {
    const ages = this.#laneAges[lane];
    while (ages?.peek()?.state === 'done') ages.shift();
    const oldest = ages?.peek()?.serial ?? Number.POSITIVE_INFINITY;
    const oldestOfAll = this.#ages.peek()?.serial ?? serial;
    this.#ackOrder.acknowledged(record.partitionKey, serial, oldest, oldestOfAll);
  }

  /** After the first of a chain is done its next may be sent. */
  #goOn(held: Held<T>): void {
    const chain = chainOf(held.record, this.#order);
    const links = chain === null ? undefined : this.#chains.get(chain);
    if (chain === null || links === undefined) return;
    if (links.shift() !== held) this.#inversions += 1;
    const next = links.peek();
    if (next === undefined) this.#chains.delete(chain);
    else this.#makeReady(next);
  }
}

type LaneHead = { readonly lane: number; readonly serial: number };

/** @param heads the oldest last, and they stay so */
function insertHead(heads: LaneHead[], head: LaneHead): void {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((heads[middle]?.serial ?? 0) > head.serial) low = middle + 1;
    else high = middle;
  }
  heads.splice(low, 0, head);
}

function drained<T>(lane: Fifo<T>): T[] {
  const items: T[] = [];
  for (let item = lane.shift(); item !== undefined; item = lane.shift()) items.push(item);
  return items;
}
