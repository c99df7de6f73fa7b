import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
} from 'drizzle-orm/pg-core';
import type { RateShare } from '#lib/domain/replay/emit/rate-shares.ts';
import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import type { SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { ListedObject, ManifestProgress } from '#lib/domain/replay/plan/manifest.ts';
import type { PaceSettings, ReplayDraft, ReplaySettings } from '#lib/domain/replay/settings.ts';
import { bytes, instant } from '#server/db/columns.ts';
import type {
  StoredCaps,
  StoredFailure,
  StoredManifest,
  StoredPlan,
  StoredSent,
} from './stored.ts';

/**
 * A replay, from its first draft to its receipt. The row is the lease of whoever plans it, starts it and watches over it
 * (`holder`, `token`: fencing); what is sent is leased by the slice.
 */
export const replayRun = pgTable(
  'replay_run',
  {
    id: serial('id').primaryKey(),
    state: text('state').$type<RunState>().notNull().default('draft'),
    /** As the wizard has it. Stays as it was when a plan is made of it, so that `revise` and a copy begin with it. */
    draft: jsonb('draft').$type<ReplayDraft>().notNull(),
    /** One more with each change of the draft: two tabs do not overwrite each other. */
    revision: integer('revision').notNull().default(1),
    /** Null in a draft. The target's connection and stream stand beside it so that lists need not open it. */
    settings: jsonb('settings').$type<ReplaySettings>(),
    connection: text('connection'),
    targetName: text('target_name'),
    targetArn: text('target_arn'),
    pace: jsonb('pace').$type<PaceSettings>().notNull(),
    paceRevision: integer('pace_revision').notNull().default(1),
    /** How far the listing is, while it is planned. */
    listing: jsonb('listing').$type<ManifestProgress>(),
    manifest: jsonb('manifest').$type<StoredManifest>(),
    /** What the plan found and foretold; null until it was made. */
    plan: jsonb('plan').$type<StoredPlan>(),
    planHash: text('plan_hash'),
    decoderVersion: text('decoder_version'),
    /** What stands against going on; null: nothing. Also why a plan was refused. */
    failure: jsonb('failure').$type<StoredFailure>(),
    /** What may be written to each shard at present, as whoever watches over it found. */
    caps: jsonb('caps').$type<StoredCaps>(),
    /** Parts of these rates that workers were given (`grantShare`). */
    rateShares: jsonb('rate_shares').$type<readonly RateShare[]>().notNull().default([]),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    changedAt: instant('changed_at').notNull().defaultNow(),
    plannedAt: instant('planned_at'),
    /** Who started it and why, in their words. */
    startedBy: text('started_by'),
    purpose: text('purpose'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    /** The replay whose settings this one began with. No reference: that one may be deleted. */
    copiedFrom: integer('copied_from'),
    /** The replay whose quarantine this one reads, in place of an archive. */
    quarantineOf: integer('quarantine_of'),
    holder: text('holder'),
    token: bigint('token', { mode: 'number' }).notNull().default(0),
    expiresAt: instant('expires_at').notNull().defaultNow(),
  },
  (t) => [index('replay_run_by_change').on(t.changedAt), index('replay_run_by_state').on(t.state)],
);

/** The frozen manifest, a chunk a row: places from `first` on. */
export const replayManifest = pgTable(
  'replay_manifest',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => replayRun.id, { onDelete: 'cascade' }),
    first: integer('first').notNull(),
    entries: jsonb('entries').$type<readonly ListedObject[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.first] })],
);

/** A slice: its checkpoint, and its lease. `token` here and in the checkpoint are one. */
export const replaySlice = pgTable(
  'replay_slice',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => replayRun.id, { onDelete: 'cascade' }),
    slice: integer('slice').notNull(),
    progress: jsonb('progress').$type<SliceProgress>().notNull(),
    isDone: boolean('is_done').notNull().default(false),
    /** Stored bytes of its objects that have come to their end, for progress by bytes. */
    storedBytesDone: bigint('stored_bytes_done', { mode: 'number' }).notNull().default(0),
    /** The newest time of the archive that was sent, epoch milliseconds; null: none is known. */
    archiveMs: doublePrecision('archive_ms'),
    holder: text('holder'),
    token: bigint('token', { mode: 'number' }).notNull().default(0),
    expiresAt: instant('expires_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.slice] })],
);

/** What was not sent, since it could not be: a unit of an object each, with its bytes. */
export const replayQuarantine = pgTable(
  'replay_quarantine',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    runId: integer('run_id')
      .notNull()
      .references(() => replayRun.id, { onDelete: 'cascade' }),
    /** Its place in the manifest, and the units: several where an object could not be read any further. */
    object: integer('object').notNull(),
    first: integer('first').notNull(),
    last: integer('last').notNull(),
    objectKey: text('object_key').notNull(),
    etag: text('etag').notNull(),
    /** Within the decompressed object; null where it was not read. */
    start: bigint('start', { mode: 'number' }),
    end: bigint('end', { mode: 'number' }),
    sub: integer('sub'),
    reason: text('reason').notNull(),
    /** What an expression or S3 said of it; null where the reason says all. */
    message: text('message'),
    partitionKey: text('partition_key'),
    /** Decimal text. */
    explicitHashKey: text('explicit_hash_key'),
    /** What lay there; of what is too large only the beginning. `byteCount` is of all. */
    bytes: bytes('bytes').notNull(),
    byteCount: bigint('byte_count', { mode: 'number' }).notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('replay_quarantine_by_run').on(t.runId, t.id)],
);

/** What happened to a replay, in words, and by whom. Never changed. */
export const replayEvent = pgTable(
  'replay_event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    runId: integer('run_id')
      .notNull()
      .references(() => replayRun.id, { onDelete: 'cascade' }),
    at: instant('at').notNull().defaultNow(),
    kind: text('kind').notNull(),
    words: text('words').notNull(),
    /** Null: nobody did it, it came so. */
    actor: text('actor'),
  },
  (t) => [index('replay_event_by_run').on(t.runId, t.id)],
);

/**
 * What one worker wrote to each shard of the target in one period of a few seconds, by when it was acknowledged: taken off
 * what a stream's metrics say, it leaves what others write. Kept for minutes.
 */
export const replaySent = pgTable(
  'replay_sent',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => replayRun.id, { onDelete: 'cascade' }),
    worker: text('worker').notNull(),
    periodStart: instant('period_start').notNull(),
    shards: jsonb('shards').$type<StoredSent>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.worker, t.periodStart] })],
);

/** The sums of a replay at one time, some seconds apart while it runs: what its charts are made of. */
export const replayTick = pgTable(
  'replay_tick',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => replayRun.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    emitted: bigint('emitted', { mode: 'number' }).notNull(),
    emittedBytes: bigint('emitted_bytes', { mode: 'number' }).notNull(),
    throttled: bigint('throttled', { mode: 'number' }).notNull(),
    settled: bigint('settled', { mode: 'number' }).notNull(),
    storedBytesDone: bigint('stored_bytes_done', { mode: 'number' }).notNull(),
    archiveMs: doublePrecision('archive_ms'),
    /** What all shards together may take of it, and take of others, bytes a second; null: not known. */
    capBytesPerSecond: doublePrecision('cap_bytes_per_second'),
    liveBytesPerSecond: doublePrecision('live_bytes_per_second'),
  },
  (t) => [primaryKey({ columns: [t.runId, t.at] })],
);
