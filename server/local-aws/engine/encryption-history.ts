export type EncryptionType = 'KMS';

type Span = { readonly fromMs: number; readonly keyId: string | null };

/**
 * With which key a stream encrypts, and since when: records keep the encryption of the time at which they
 * came. Nothing is really encrypted; this is the state that callers see.
 */
export class EncryptionHistory {
  #spans: readonly Span[] = [];

  /** null while nothing is encrypted. */
  get keyId(): string | null {
    return this.#spans.at(-1)?.keyId ?? null;
  }

  get type(): EncryptionType | null {
    return this.keyId === null ? null : 'KMS';
  }

  /** @param keyId null to stop. */
  change(keyId: string | null, atMs: number): void {
    this.#spans = [...this.#spans, { fromMs: atMs, keyId }];
  }

  /** Of a record that arrived then. */
  typeAt(arrivalMs: number): EncryptionType | null {
    if (this.#spans.length === 0) {
      return null;
    }
    const span = this.#spans.findLast(({ fromMs }) => fromMs <= arrivalMs);
    return span === undefined || span.keyId === null ? null : 'KMS';
  }
}
