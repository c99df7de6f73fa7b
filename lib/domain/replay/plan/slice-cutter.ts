/** Places in the manifest, both ends within. */
export type SliceBounds = { readonly first: number; readonly last: number };

/** So many marks at most: a slice is then within a thousandth of the archive of its right size. */
const MARKS_MAX = 2_048;

type Mark = { readonly objects: number; readonly bytes: number };

/**
 * Cuts an archive into slices of about the same bytes, in one pass over its objects and in bounded memory: it remembers
 * how many bytes came before some objects, and forgets every second of these marks when they are too many.
 */
export class SliceCutter {
  #objects = 0;
  #bytes = 0;
  #every = 1;
  #marks: Mark[] = [];

  add(bytes: number): void {
    this.#objects += 1;
    this.#bytes += bytes;
    if (this.#objects % this.#every !== 0) return;
    this.#marks.push({ objects: this.#objects, bytes: this.#bytes });
    if (this.#marks.length <= MARKS_MAX) return;
    this.#marks = this.#marks.filter((_, i) => i % 2 === 1);
    this.#every *= 2;
  }

  /** In archive order, without a gap, none of them empty; fewer than `count` where there are too few objects. */
  cut(count: number): readonly SliceBounds[] {
    const slices: SliceBounds[] = [];
    let first = 0;
    for (let i = 1; i <= count && first < this.#objects; i += 1) {
      const end = i === count ? this.#objects : this.#objectsBefore((this.#bytes * i) / count);
      if (end <= first) continue;
      slices.push({ first, last: end - 1 });
      first = end;
    }
    return slices;
  }

  /** How many of the first objects hold about so many bytes. */
  #objectsBefore(bytes: number): number {
    let best: Mark = { objects: 0, bytes: 0 };
    for (const mark of this.#marks) {
      if (Math.abs(mark.bytes - bytes) < Math.abs(best.bytes - bytes)) best = mark;
    }
    return best.objects;
  }
}
