import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Checkpoint, recordTimeOf } from './checkpoint.ts';
import type { ObservedLease } from './observation.ts';
import type { ApplicationTrack, LeaseTrack, MissingLease, Place, WorkerTrack } from './track.ts';

/** To be raised with every change of what is written: what was written before begins anew. */
const VERSION = 2;

/**
 * What is remembered of an application, as few bytes: times as distances from the newest observation, texts once.
 * Times are rounded to whole milliseconds, `throughputKBps` and `ownerSwitches` to float32.
 */
export function packTrack(track: ApplicationTrack): Uint8Array {
  const to = new TrackWriter(Math.round(track.observedMs));
  to.bytes.byte(VERSION);
  to.bytes.count(Math.round(track.observedMs));
  to.time(track.firstSeenMs);
  to.time(track.previousMs);
  to.time(track.skewedSinceMs);
  to.span(track.checkpointEveryMs);
  to.bytes.byte(Number(track.counterIs === 'expiry') | (Number(track.reportsWorkers) << 1));
  to.list(track.unreadable, (problem) => to.bytes.text(problem));
  to.list([...track.workers], ([workerId, worker]) => {
    to.word(workerId);
    to.time(worker.firstSeenMs);
    to.time(worker.lastSeenMs);
  });
  to.list([...track.missing], ([shardId, missing]) => {
    to.word(shardId);
    to.time(missing.sinceMs);
    to.bytes.byte(Number(missing.wasUnfinished));
  });
  to.list([...track.leases.values()], (lease) => writeLease(lease, to));
  return to.bytes.bytes();
}

/**
 * Undoes `packTrack`. @returns null for what another version wrote
 * @throws RangeError for bytes that nothing wrote
 */
export function unpackTrack(bytes: Uint8Array): ApplicationTrack | null {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== VERSION) return null;
  const observedMs = reader.count();
  const from = new TrackReader(reader, observedMs);
  const firstSeenMs = from.instant();
  const previousMs = from.time();
  const skewedSinceMs = from.time();
  const checkpointEveryMs = from.span();
  const flags = reader.byte();
  const unreadable = from.list(() => reader.text());
  const workers = from.list((): [string, WorkerTrack] => [
    from.word(),
    { firstSeenMs: from.instant(), lastSeenMs: from.time() },
  ]);
  const missing = from.list((): [string, MissingLease] => [
    from.word(),
    { sinceMs: from.instant(), wasUnfinished: reader.byte() === 1 },
  ]);
  const leases = from.list(() => readLease(from));
  return {
    firstSeenMs,
    observedMs,
    previousMs,
    counterIs: (flags & 1) === 1 ? 'expiry' : 'renewals',
    leases: new Map(leases.map((track) => [track.lease.shardId, track])),
    missing: new Map(missing),
    workers: new Map(workers),
    reportsWorkers: (flags & 2) === 2,
    skewedSinceMs,
    checkpointEveryMs,
    unreadable,
  };
}

function writeLease(track: LeaseTrack, to: TrackWriter): void {
  const { lease, rewound } = track;
  to.word(lease.shardId);
  to.word(lease.owner);
  to.word(lease.checkpointOwner);
  to.integer(lease.counter);
  to.bytes.float32(lease.ownerSwitches ?? Number.NaN);
  to.bytes.float32(lease.throughputKBps ?? Number.NaN);
  to.checkpoint(lease.checkpoint);
  to.bytes.byte(Number(lease.hasPending));
  to.list(lease.parentShardIds, (shardId) => to.word(shardId));
  to.list(lease.childShardIds, (shardId) => to.word(shardId));
  to.time(track.firstSeenMs);
  to.time(track.seenMs);
  to.bytes.count(track.unownedPolls);
  to.time(track.ownerSinceMs);
  to.time(track.counterMovedMs);
  to.time(track.aliveSinceMs);
  to.time(track.atWork?.sinceMs ?? null);
  if (track.atWork !== null) to.time(track.atWork.untilMs);
  to.span(track.renewEveryMs);
  to.time(track.checkpointSeenMs);
  to.time(track.checkpointAfterMs);
  to.span(track.checkpointEveryMs);
  to.time(rewound?.atMs ?? null);
  if (rewound !== null) to.checkpoint(rewound.from);
  to.list(track.ownerChangesMs, (ms) => to.time(ms));
  to.time(track.checkpointOwnerSinceMs);
  to.list(track.previous === null ? [] : [track.previous], (place) => to.place(place));
  to.list(track.places, (place) => to.place(place));
}

function readLease(from: TrackReader): LeaseTrack {
  const { bytes } = from;
  const lease: ObservedLease = {
    shardId: from.word(),
    owner: from.wordOrNone(),
    checkpointOwner: from.wordOrNone(),
    counter: from.integer(),
    ownerSwitches: from.figure(),
    throughputKBps: from.figure(),
    checkpoint: from.checkpoint(),
    hasPending: bytes.byte() === 1,
    parentShardIds: from.list(() => from.word()),
    childShardIds: from.list(() => from.word()),
  };
  return {
    lease,
    recordMs: recordTimeOf(lease.checkpoint),
    firstSeenMs: from.instant(),
    seenMs: from.instant(),
    unownedPolls: bytes.count(),
    ownerSinceMs: from.time(),
    counterMovedMs: from.instant(),
    aliveSinceMs: from.time(),
    atWork: readAtWork(from),
    renewEveryMs: from.span(),
    checkpointSeenMs: from.instant(),
    checkpointAfterMs: from.time(),
    checkpointEveryMs: from.span(),
    rewound: readRewound(from),
    ownerChangesMs: from.list(() => from.instant()),
    checkpointOwnerSinceMs: from.time(),
    previous: from.list(() => from.place())[0] ?? null,
    places: from.list(() => from.place()),
  };
}

function readAtWork(from: TrackReader): LeaseTrack['atWork'] {
  const sinceMs = from.time();
  return sinceMs === null ? null : { sinceMs, untilMs: from.instant() };
}

function readRewound(from: TrackReader): LeaseTrack['rewound'] {
  const atMs = from.time();
  return atMs === null ? null : { atMs, from: from.checkpoint() };
}

const KINDS: readonly Checkpoint['kind'][] = [
  'sequence',
  'trim-horizon',
  'latest',
  'at-timestamp',
  'shard-end',
  'unknown',
];

class TrackWriter {
  readonly bytes = new ByteWriter();
  readonly #baseMs: number;
  readonly #words = new Map<string, number>();

  constructor(baseMs: number) {
    this.#baseMs = baseMs;
  }

  /** 0 is null; else the distance to the base with its sign last, and one more. */
  time(ms: number | null): void {
    if (ms === null) {
      this.bytes.count(0);
      return;
    }
    const back = this.#baseMs - Math.round(ms);
    this.bytes.count(back >= 0 ? 2 * back + 1 : -2 * back);
  }

  span(ms: number | null): void {
    this.bytes.count(ms === null ? 0 : ms + 1);
  }

  /** A text that comes again is written once: then it goes by its number. 0 is null. */
  word(text: string | null): void {
    if (text === null) {
      this.bytes.count(0);
      return;
    }
    const known = this.#words.get(text);
    this.bytes.count(known ?? this.#words.size + 1);
    if (known !== undefined) return;
    this.#words.set(text, this.#words.size + 1);
    this.bytes.text(text);
  }

  integer(value: bigint | null): void {
    this.bytes.byte(Number(value !== null));
    if (value !== null) this.bytes.integer(value);
  }

  checkpoint(checkpoint: Checkpoint): void {
    this.bytes.byte(KINDS.indexOf(checkpoint.kind));
    if (checkpoint.kind === 'unknown') this.bytes.text(checkpoint.text);
    if (checkpoint.kind !== 'sequence') return;
    this.bytes.integer(checkpoint.sequenceNumber);
    this.bytes.integer(checkpoint.subSequenceNumber);
  }

  place({ afterMs, byMs, recordMs }: Place): void {
    this.time(afterMs);
    this.time(byMs);
    this.time(recordMs);
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.bytes.count(items.length);
    for (const item of items) write(item);
  }
}

class TrackReader {
  readonly bytes: ByteReader;
  readonly #baseMs: number;
  readonly #words: string[] = [];

  constructor(bytes: ByteReader, baseMs: number) {
    this.bytes = bytes;
    this.#baseMs = baseMs;
  }

  time(): number | null {
    const written = this.bytes.count();
    if (written === 0) return null;
    return written % 2 === 1 ? this.#baseMs - (written - 1) / 2 : this.#baseMs + written / 2;
  }

  instant(): number {
    return this.time() ?? fail('a time');
  }

  span(): number | null {
    const written = this.bytes.count();
    return written === 0 ? null : written - 1;
  }

  wordOrNone(): string | null {
    const number = this.bytes.count();
    if (number === 0) return null;
    if (number === this.#words.length + 1) this.#words.push(this.bytes.text());
    return this.#words[number - 1] ?? fail('a text');
  }

  word(): string {
    return this.wordOrNone() ?? fail('a text');
  }

  integer(): bigint | null {
    return this.bytes.byte() === 0 ? null : this.bytes.integer();
  }

  figure(): number | null {
    const value = this.bytes.float32();
    return Number.isNaN(value) ? null : value;
  }

  checkpoint(): Checkpoint {
    const kind = KINDS[this.bytes.byte()];
    switch (kind) {
      case 'sequence': {
        const sequenceNumber = parseSequenceNumber(String(this.bytes.integer()));
        const subSequenceNumber = this.bytes.integer();
        return sequenceNumber === null
          ? fail('a sequence number')
          : { kind, sequenceNumber, subSequenceNumber };
      }
      case 'unknown':
        return { kind, text: this.bytes.text() };
      case undefined:
        return fail('a checkpoint');
      default:
        return { kind };
    }
  }

  place(): Place {
    return { afterMs: this.instant(), byMs: this.instant(), recordMs: this.instant() };
  }

  list<T>(read: () => T): readonly T[] {
    return Array.from({ length: this.bytes.count() }, read);
  }
}

function fail(what: string): never {
  throw new RangeError(`These are no bytes of a track: ${what} is missing.`);
}
