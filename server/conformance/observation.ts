import { isDeepStrictEqual } from 'node:util';
import { inWords } from './in-words.ts';
import { asRefusal, describeRefusal } from './refusal.ts';

/**
 * What one case saw. Every comparison is noted, so that a case goes on after a difference and reports all of them;
 * comparisons never throw.
 */
export class Observation {
  readonly #agreed: string[] = [];
  readonly #differences: string[] = [];

  /** Deep equality; of objects give only the members that are documented. */
  same(what: string, seen: unknown, expected: unknown): void {
    const text = `${what}: ${inWords(seen)}`;
    if (isDeepStrictEqual(seen, expected)) this.#agreed.push(text);
    else this.#differences.push(`${text}, not ${inWords(expected)}`);
  }

  matches(what: string, seen: string | undefined, pattern: RegExp): void {
    const text = `${what}: ${inWords(seen)}`;
    if (seen !== undefined && pattern.test(seen)) this.#agreed.push(text);
    else this.#differences.push(`${text}, not like ${pattern.source}`);
  }

  /** For what is no equality: `seen` says in words what the condition was about. */
  holds(what: string, condition: boolean, seen: unknown): void {
    const text = `${what}: ${inWords(seen)}`;
    (condition ? this.#agreed : this.#differences).push(text);
  }

  /** The call must be answered by one of these exceptions. What is no answer of the service is thrown on. */
  async refused(
    names: string | readonly string[],
    send: () => Promise<unknown>,
    message?: RegExp,
  ): Promise<void> {
    const wanted = typeof names === 'string' ? [names] : names;
    try {
      const answer = await send();
      this.#differences.push(`accepted: ${inWords(withoutMetadata(answer))}`);
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal === undefined) throw error;
      const fits = wanted.includes(refusal.name) && (message?.test(refusal.message) ?? true);
      (fits ? this.#agreed : this.#differences).push(describeRefusal(refusal));
    }
  }

  get compared(): boolean {
    return this.#agreed.length + this.#differences.length > 0;
  }

  get differs(): boolean {
    return this.#differences.length > 0;
  }

  /** The differences, or what agreed where there is none. */
  get seen(): string {
    return (this.differs ? this.#differences : this.#agreed).join('; ');
  }
}

function withoutMetadata(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([key]) => key !== '$metadata'));
}
