/** From this many places before the first item on, they are given back. */
const SLACK_MAX = 1_024;

/** First in, first out, with a way back to the front. Each operation takes constant time on the whole. */
export class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  peek(): T | undefined {
    return this.#items[this.#head];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Puts `item` before all others. */
  giveBack(item: T): void {
    if (this.#head === 0) {
      this.#items.unshift(item);
      return;
    }
    this.#head -= 1;
    this.#items[this.#head] = item;
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (this.size === 0) return undefined;
    // What has left is not to be held in memory by its place.
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head >= SLACK_MAX && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
