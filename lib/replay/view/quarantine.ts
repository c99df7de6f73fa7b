import type { ReadableBytes } from './archive-sample.ts';

/** Something that was not sent, since it could not be. */
export type QuarantineRow = {
  readonly id: number;
  readonly objectKey: string;
  readonly etag: string;
  /** Units of the object, both within: several where it could not be read any further. */
  readonly first: number;
  readonly last: number;
  /** Bytes of the decompressed object, `end` not included; null where they were not read. */
  readonly start: number | null;
  readonly end: number | null;
  readonly sub: number | null;
  readonly reason: string;
  readonly title: string;
  readonly what: string;
  readonly todo: string;
  /** What an expression or S3 said of it. This and the next three are null for those who may not see payloads. */
  readonly message: string | null;
  readonly partitionKey: string | null;
  readonly explicitHashKey: string | null;
  readonly bytes: ReadableBytes | null;
  readonly byteCount: number;
  readonly atMs: number;
};

/** A page in order of coming. `next`: what to ask the next page with; null: this is the last. */
export type QuarantinePage = {
  readonly readAtMs: number;
  readonly rows: readonly QuarantineRow[];
  readonly next: number | null;
  /** Of all of it, most first. */
  readonly reasons: readonly QuarantineReasonSum[];
};

export type QuarantineReasonSum = {
  readonly reason: string;
  readonly title: string;
  readonly todo: string;
  readonly units: number;
  readonly bytes: number;
};
