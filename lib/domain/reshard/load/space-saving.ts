/** A counted item: its weight is at most `count` and at least `count - error`. */
export type CountedItem<T> = {
  readonly item: T;
  readonly count: number;
  readonly error: number;
};

type Slot<T> = { item: T; count: number; error: number };

/**
 * The heaviest items of a stream of any length in a fixed number of slots. Whatever weighs more than
 * `total / slots` has one; each count is too high by its `error` at most, and that by `total / slots` at most.
 * Source: Metwally, Agrawal, El Abbadi, "Efficient Computation of Frequent and Top-k Elements in Data Streams" (2005).
 */
export class SpaceSaving<T> {
  readonly slots: number;
  #total = 0;
  readonly #places = new Map<T, number>();
  /** A heap: the lightest slot first, each no heavier than the two at 2i + 1 and 2i + 2. */
  readonly #heap: Slot<T>[] = [];

  constructor(slots: number) {
    if (!Number.isInteger(slots) || slots < 1) throw new RangeError('It takes a slot at least');
    this.slots = slots;
  }

  /** Sum of all weights that were added. */
  get total(): number {
    return this.#total;
  }

  /** @param weight 0 or more */
  add(item: T, weight: number): void {
    this.#total += weight;
    const place = this.#places.get(item);
    if (place !== undefined) {
      const slot = this.#heap[place];
      if (slot !== undefined) slot.count += weight;
      this.#sink(place);
    } else if (this.#heap.length < this.slots) {
      this.#heap.push({ item, count: weight, error: 0 });
      this.#places.set(item, this.#heap.length - 1);
      this.#rise(this.#heap.length - 1);
    } else {
      this.#replaceLightest(item, weight);
    }
  }

  /** Heaviest first. */
  items(): readonly CountedItem<T>[] {
    return this.#heap
      .map(({ item, count, error }) => ({ item, count, error }))
      .sort((a, b) => b.count - a.count);
  }

  #replaceLightest(item: T, weight: number): void {
    const lightest = this.#heap[0];
    if (lightest === undefined) return;
    this.#places.delete(lightest.item);
    this.#heap[0] = { item, count: lightest.count + weight, error: lightest.count };
    this.#places.set(item, 0);
    this.#sink(0);
  }

  #sink(from: number): void {
    let place = from;
    for (;;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (this.#weightAt(child) < this.#weightAt(least)) least = child;
      }
      if (least === place) return;
      this.#swap(place, least);
      place = least;
    }
  }

  #rise(from: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#weightAt(parent) <= this.#weightAt(place)) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  #weightAt(place: number): number {
    return this.#heap[place]?.count ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
    this.#places.set(other.item, a);
    this.#places.set(one.item, b);
  }
}
