import { randomBytes } from 'node:crypto';

/** Names that nothing else has, and by which a person knows whose they are: `conformance-1f2e3d4c-7`. */
export class Names {
  readonly #run = randomBytes(4).toString('hex');
  #count = 0;

  next(): string {
    this.#count += 1;
    return `conformance-${this.#run}-${this.#count}`;
  }
}
