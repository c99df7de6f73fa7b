import type { RewindTarget } from '#lib/domain/consumers/rewind/rewind.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { shortSequenceNumber } from '#lib/format/sequence-number.ts';
import { formatInstant, type Zone } from '#lib/format/time.ts';
import { parseWallTime } from '#lib/time/parse-wall-time.ts';
import type { RewindPreview, RewindView } from './rewind-view.ts';

/** The choices of a place, as a form has them. */
export type RewindChoice = Exclude<RewindTarget['kind'], 'restore'>;

export const CHOICES: readonly {
  readonly kind: RewindChoice;
  readonly label: string;
  readonly detail: string;
}[] = [
  {
    kind: 'trim-horizon',
    label: 'The oldest record (TRIM_HORIZON)',
    detail: 'Everything that the stream still retains is read again.',
  },
  {
    kind: 'time',
    label: 'A time',
    detail:
      'From the first record that arrived then or later. To find it, records are read: that takes some of each shard’s five reads a second, and counts in the stream’s GetRecords.IteratorAgeMilliseconds.',
  },
  {
    kind: 'sequence-number',
    label: 'After a sequence number',
    detail: 'From the record after it, in one shard.',
  },
  {
    kind: 'latest',
    label: 'What comes from now on (LATEST)',
    detail: 'Everything that is unread when the workers start again is left out.',
  },
];

/** What a form holds, as text. */
export type RewindDraft = {
  readonly kind: RewindChoice;
  readonly time: string;
  readonly sequenceNumber: string;
  /** Empty: all shards. */
  readonly shardId: string;
};

/** The target that a draft means, or why it means none. */
export function readDraft(
  draft: RewindDraft,
  zone: Zone,
):
  | { readonly target: Exclude<RewindTarget, { kind: 'restore' }>; readonly problem: null }
  | { readonly problem: string } {
  const shardId = draft.shardId.trim();
  if (shardId !== '' && !/^shardId-\d{12,}$/.test(shardId)) {
    return { problem: 'A shard is named as shardId-000000000007.' };
  }
  switch (draft.kind) {
    case 'trim-horizon':
    case 'latest':
      return { target: { kind: draft.kind }, problem: null };
    case 'time': {
      const atMs = parseWallTime(draft.time, zone);
      return atMs === null
        ? { problem: 'Write a date and a time that there is, as 2026-11-23 17:34.' }
        : { target: { kind: 'time', atMs }, problem: null };
    }
    case 'sequence-number': {
      const sequenceNumber = draft.sequenceNumber.trim();
      if (!/^[1-9]\d*$/.test(sequenceNumber)) {
        return { problem: 'Write the sequence number of a record: a long decimal number.' };
      }
      return shardId === ''
        ? { problem: 'A sequence number is a place in one shard: write which.' }
        : { target: { kind: 'sequence-number', sequenceNumber }, problem: null };
    }
  }
}

/** @example 'to 2026-11-23 17:34:00 UTC' @example 'to the oldest record' */
export function targetWords(target: RewindTarget, zone: Zone): string {
  switch (target.kind) {
    case 'trim-horizon':
      return 'to the oldest record';
    case 'latest':
      return 'to what comes from now on';
    case 'time':
      return `to ${formatInstant(target.atMs, zone)}`;
    case 'sequence-number':
      return `to after ${shortSequenceNumber(target.sequenceNumber)}`;
    case 'restore':
      return 'back to where it was';
  }
}

/** What is about to happen, in sentences. */
export function previewWords(preview: RewindPreview, zone: Zone): readonly string[] {
  const { leases, again, target } = preview;
  if (leases === 0) return ['Every lease is there already: nothing would be written.'];
  const said = [
    `${countOf(leases, 'lease')} will be set ${targetWords(target, zone)}, and freed, so that any worker can take them. As they are now they are kept, and can be put back.`,
  ];
  if (target.kind === 'latest') {
    said.push('What is unread until the workers start again will never be read.');
  } else {
    const since =
      again.earliestMs === null ? '' : `, from ${formatInstant(again.earliestMs, zone)} on`;
    said.push(
      `Read again will be at least ${countOf(again.records, 'record')}, ${formatBytes(again.bytes)}${since}: whatever the application does with a record it will do once more.`,
    );
  }
  if (again.unknownShards > 0) {
    said.push(
      `Of ${countOf(again.unknownShards, 'shard')} it is not known how much: shard-level metrics are off, or do not reach so far back.`,
    );
  }
  return said;
}

/** A place as a lease has it, short. */
export function checkpointWords(checkpoint: string | null): string {
  if (checkpoint === null) return 'no lease';
  return /^\d/.test(checkpoint) ? shortSequenceNumber(checkpoint) : checkpoint;
}

/** How a rewind stands, in a sentence. */
export function rewindStateWords(view: RewindView): string {
  const { state, isCutOff, leases, written, refused } = view;
  const of = `${formatCount(written)} of ${countOf(leases, 'lease')}`;
  switch (state) {
    case 'planned':
      return 'Not begun.';
    case 'running':
      return isCutOff
        ? `Cut off: the process that carried it out died after ${of}. Finish it, or put the leases back.`
        : `Under way: ${of} written.`;
    case 'done':
      return `${countOf(written, 'lease')} set.`;
    case 'broken':
      return `${of} set; ${formatCount(refused)} left alone, since somebody had changed them meanwhile.`;
    case 'undone':
      return `Cut off after ${of}, and put back.`;
  }
}
