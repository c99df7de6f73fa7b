/**
 * Which decoder it is. Its ordinals and payloads are what checkpoints and intents speak of, so a run that was begun by
 * one is not gone on with by another. Raised by whoever makes the golden outcomes of `decoder-version.test.ts` come out
 * differently.
 */
export const DECODER_VERSION = '1';
