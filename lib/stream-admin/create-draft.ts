import { RETENTION_HOURS_MIN } from '#lib/domain/limits.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import type { PricedStream } from '#lib/domain/stream-price.ts';
import {
  AWS_OWNED_KEY,
  keyIdFault,
  MAX_RECORD_KIB_MIN,
  maxRecordFault,
  retentionFault,
  shardCountFault,
  streamNameFault,
} from '#lib/domain/stream-rules.ts';
import { lineFaults, type TagLine, tagsFaultOf, tagsOf } from './tag-draft.ts';

/** A stream while it is thought out: numbers as they are typed. */
export type CreateDraft = {
  readonly streamName: string;
  readonly mode: StreamMode;
  readonly shards: string;
  readonly retention: string;
  readonly recordKiB: string;
  readonly encrypted: boolean;
  readonly keyId: string;
  readonly tags: readonly TagLine[];
};

/** As AWS would make it, with one shard. */
export const emptyDraft: CreateDraft = {
  streamName: '',
  mode: 'PROVISIONED',
  shards: '1',
  retention: String(RETENTION_HOURS_MIN),
  recordKiB: String(MAX_RECORD_KIB_MIN),
  encrypted: false,
  keyId: AWS_OWNED_KEY,
  tags: [],
};

type NumberName = 'shards' | 'retention' | 'recordKiB';

const NUMBER_FAULTS: Readonly<Record<NumberName, (value: number) => string | null>> = {
  shards: shardCountFault,
  retention: retentionFault,
  recordKiB: maxRecordFault,
};

/** What is wrong with a number that is typed; nothing is said of an empty field. */
export function fieldFault(draft: CreateDraft, name: NumberName): string | null {
  return draft[name] === '' ? null : NUMBER_FAULTS[name](typedNumber(draft[name]));
}

/** What is wrong first, for the button; null: it can be created, as far as rules tell. */
export function draftFault(draft: CreateDraft): string | null {
  return (
    streamNameFault(draft.streamName) ??
    (draft.mode === 'PROVISIONED' ? wrongNumber(draft, 'shards', 'Shards') : null) ??
    wrongNumber(draft, 'retention', 'Retention') ??
    wrongNumber(draft, 'recordKiB', 'Maximum record size') ??
    (draft.encrypted ? keyIdFault(draft.keyId.trim()) : null) ??
    (lineFaults(draft.tags).size > 0 ? 'Some tags are wrong.' : tagsFaultOf(draft.tags))
  );
}

/** What is asked of the server. Meaningful where draftFault is null. */
export function draftInput(draft: CreateDraft) {
  return {
    streamName: draft.streamName,
    mode: draft.mode,
    shardCount: draft.mode === 'ON_DEMAND' ? null : typedNumber(draft.shards),
    retentionHours: typedNumber(draft.retention),
    keyId: draft.encrypted ? draft.keyId.trim() : null,
    maxRecordKiB: typedNumber(draft.recordKiB),
    tags: tagsOf(draft.tags),
  };
}

/** What is to be priced; null while its numbers are not right. */
export function draftPrice(draft: CreateDraft): PricedStream | null {
  const { mode, shardCount, retentionHours } = draftInput(draft);
  if (retentionFault(retentionHours) !== null) return null;
  if (shardCount !== null && shardCountFault(shardCount) !== null) return null;
  return { mode, shardCount: shardCount ?? 0, retentionHours };
}

/** NaN for what is no whole number, an empty text among it. */
export function typedNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}

function wrongNumber(draft: CreateDraft, name: NumberName, label: string): string | null {
  const fault = NUMBER_FAULTS[name](typedNumber(draft[name]));
  return fault === null ? null : `${label}: ${fault}`;
}
