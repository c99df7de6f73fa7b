import { sql } from 'drizzle-orm';
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
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ApplicationSource } from '#lib/domain/consumers/application-source.ts';
import type { ApplicationSummary } from '#lib/domain/consumers/application-summary.ts';
import type { LeaseBinding } from '#lib/domain/consumers/bind-table.ts';
import type { TableLayout } from '#lib/domain/consumers/classify-table.ts';
import type {
  RewindState,
  RewindStepState,
  RewindTarget,
} from '#lib/domain/consumers/rewind/rewind.ts';
import type { StoredItem } from '#lib/domain/consumers/rewind/stored-item.ts';
import type { AutoscaleDecision } from '#lib/domain/reshard/autoscale/decide.ts';
import type {
  DecisionOutcome,
  DecisionSpan,
} from '#lib/domain/reshard/autoscale/fold-decisions.ts';
import type { AutoscaleMode, AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import type { JobState } from '#lib/domain/reshard/job/job-state.ts';
import type { Answer, JournalEntry } from '#lib/domain/reshard/job/journal.ts';
import { bytes, instant } from './columns.ts';

/** Why the last reading failed, as CollectionFailure of lib/domain/freshness.ts. */
export type FailureColumn = { sinceMs: number; message: string; deniedAction?: string };

/** As UnreadableStreams of lib/domain/unreadable-streams.ts. */
export type UnreadableColumn = {
  failure: FailureColumn;
  streams: { streamName: string; streamArn: string | null }[];
}[];

/** A stream is its ARN and its creation time on one connection: made again, it is another row. */
export const stream = pgTable(
  'stream',
  {
    id: serial('id').primaryKey(),
    connection: text('connection').notNull(),
    arn: text('arn').notNull(),
    createdAtMs: bigint('created_at_ms', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    status: text('status').$type<'CREATING' | 'DELETING' | 'ACTIVE' | 'UPDATING'>().notNull(),
    mode: text('mode').$type<'PROVISIONED' | 'ON_DEMAND'>().notNull(),
    openShardCount: integer('open_shard_count').notNull(),
    consumerCount: integer('consumer_count').notNull(),
    retentionHours: integer('retention_hours').notNull(),
    encryption: text('encryption').$type<'NONE' | 'KMS'>().notNull(),
    shardMetrics: text('shard_metrics').array().notNull().default(sql`'{}'`),
    /** The topology in force; null until ListShards has answered once. */
    topologyId: integer('topology_id'),
    /** When metrics were last read with success. */
    collectedAt: instant('collected_at'),
    cadenceSeconds: integer('cadence_seconds').notNull(),
    /** What the cadence would be if money were no matter; null: not planned yet, or it is the cadence. */
    wantedCadenceSeconds: integer('wanted_cadence_seconds'),
    /** Metrics that one reading asks CloudWatch for; null until planned. */
    metricsPerReading: integer('metrics_per_reading'),
    failure: jsonb('failure').$type<FailureColumn>(),
    /** Set when the stream was no longer listed, was excluded, or its world was replaced. */
    goneAt: instant('gone_at'),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('stream_identity').on(t.connection, t.arn, t.createdAtMs),
    index('stream_by_name').on(t.connection, t.name),
  ],
);

/** One state of a stream's shards. `shards` holds ShardRow of lib/live/stream-detail.ts, open ones first in range order. */
export const topology = pgTable(
  'topology',
  {
    id: serial('id').primaryKey(),
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    /** SHA-256 of topologyFingerprint(). */
    fingerprint: text('fingerprint').notNull(),
    /** From when on it is in force, on AWS's clock, as periods are: see recordTopology. */
    observedAt: instant('observed_at').notNull(),
    openShardCount: integer('open_shard_count').notNull(),
    shards: jsonb('shards').$type<StoredShard[]>().notNull(),
  },
  (t) => [index('topology_by_stream').on(t.streamId, t.observedAt)],
);

/** A shard in `topology.shards`: bigints as decimal text. */
export type StoredShard = {
  shardId: string;
  startingHashKey: string;
  endingHashKey: string;
  parentShardId: string | null;
  adjacentParentShardId: string | null;
  startingSequenceNumber: string;
  endingSequenceNumber: string | null;
};

/**
 * What a stream did in a period; several rows where its topology changed inside it, each shard's value in
 * exactly one of them. Values are packed as lib/domain/frame.ts says. `seq` grows with each write, so that a
 * reader who knows a `seq` finds what came after.
 */
export const frame = pgTable(
  'frame',
  {
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    periodSeconds: integer('period_seconds').notNull(),
    periodStart: instant('period_start').notNull(),
    topologyId: integer('topology_id')
      .notNull()
      .references(() => topology.id, { onDelete: 'cascade' }),
    collectedAt: instant('collected_at').notNull(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    streamValues: bytes('stream_values').notNull(),
    shardValues: bytes('shard_values').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.streamId, t.periodSeconds, t.periodStart, t.topologyId] }),
    index('frame_by_seq').on(t.seq),
    // Deleting a topology looks for its frames: without this it would read all there are.
    index('frame_by_topology').on(t.topologyId),
  ],
);

/** Who looks at a stream; it is collected at the fast cadence until the last of these expires. */
export const watch = pgTable(
  'watch',
  {
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    watcher: text('watcher').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.streamId, t.watcher] })],
);

/** One collector a connection: the holder of an unexpired lease. `token` grows with each change of holder (fencing). */
export const collectorLease = pgTable('collector_lease', {
  connection: text('connection').primaryKey(),
  holder: text('holder').notNull(),
  token: bigint('token', { mode: 'number' }).notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** How the reading of a connection goes as a whole: set by its collector. */
export const connectionState = pgTable('connection_state', {
  connection: text('connection').primaryKey(),
  region: text('region').notNull(),
  source: text('source').notNull(),
  readOnly: text('read_only').$type<'yes' | 'no'>().notNull(),
  collectedAt: instant('collected_at'),
  cadenceSeconds: integer('cadence_seconds').notNull(),
  failure: jsonb('failure').$type<FailureColumn>(),
  /** Streams that are listed and cannot be described, by cause. */
  unreadable: jsonb('unreadable').$type<UnreadableColumn>().notNull().default([]),
  /** What watching may cost in a UTC day; null: no budget. */
  budgetDollarsPerDay: doublePrecision('budget_dollars_per_day'),
  /** Whether CloudWatch charges for what is asked: the embedded world does not. */
  charged: text('charged').$type<'yes' | 'no'>().notNull().default('yes'),
});

/**
 * Metrics that CloudWatch was asked for, by UTC hour and stream: what it charges. No reference to the stream:
 * what was spent stays spent when the stream is gone.
 */
export const metricsLedger = pgTable(
  'metrics_ledger',
  {
    connection: text('connection').notNull(),
    hour: instant('hour').notNull(),
    streamId: integer('stream_id').notNull(),
    streamName: text('stream_name').notNull(),
    metrics: bigint('metrics', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.hour, t.streamId] })],
);

/** Calls of each API by minute, of all collectors together: what a person asks for in web comes on top. */
export const apiUse = pgTable(
  'api_use',
  {
    connection: text('connection').notNull(),
    minute: instant('minute').notNull(),
    api: text('api').notNull(),
    calls: integer('calls').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.minute, t.api] })],
);

/** What DescribeLimits last said of the account behind a connection. */
export const accountLimits = pgTable('account_limits', {
  connection: text('connection').primaryKey(),
  readAt: instant('read_at'),
  openShardCount: integer('open_shard_count'),
  shardLimit: integer('shard_limit'),
  onDemandStreamCount: integer('on_demand_stream_count'),
  onDemandStreamCountLimit: integer('on_demand_stream_count_limit'),
  failure: jsonb('failure').$type<FailureColumn>(),
});

/** Tags of a stream as they were last read: rarely, and apart from what changes each period. */
export const streamTags = pgTable('stream_tags', {
  streamId: integer('stream_id')
    .primaryKey()
    .references(() => stream.id, { onDelete: 'cascade' }),
  /** null: never read. */
  tags: jsonb('tags').$type<Record<string, string>>(),
  readAt: instant('read_at'),
  /** Why the last reading failed; what was read before stays. */
  failure: jsonb('failure').$type<FailureColumn>(),
});

/**
 * What is still to be set of a stream that was created here: CreateStream takes neither retention nor encryption,
 * and both have to wait until the stream is ACTIVE. The connection's collector does it, and `finished_at` ends it.
 */
export const streamSetup = pgTable(
  'stream_setup',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    connection: text('connection').notNull(),
    arn: text('arn').notNull(),
    createdAtMs: bigint('created_at_ms', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    /** null: as AWS makes it. */
    retentionHours: integer('retention_hours'),
    /** The KMS key to encrypt by; null: none. */
    keyId: text('key_id'),
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    /** Why it was given up; null while it is under way and after success. */
    failure: jsonb('failure').$type<FailureColumn>(),
  },
  (t) => [uniqueIndex('stream_setup_identity').on(t.connection, t.arn, t.createdAtMs)],
);

/**
 * DynamoDB tables of a connection that consumers keep their state in, as discovery last found them: with the stream
 * that each belongs to, or why that cannot be told.
 */
export const consumerTable = pgTable(
  'consumer_table',
  {
    connection: text('connection').notNull(),
    tableName: text('table_name').notNull(),
    layout: text('layout').$type<TableLayout>().notNull(),
    createdAtMs: bigint('created_at_ms', { mode: 'number' }),
    /** Provisioned read capacity units a second; null: on demand, or not known. */
    readCapacity: doublePrecision('read_capacity'),
    /** As DescribeTable says, which is up to 6 h old. */
    itemCount: integer('item_count'),
    /** null: its rows were never read. */
    binding: jsonb('binding').$type<TableBindingColumn>(),
    /** The stream that a person chose; goes before what was found. */
    boundByHand: integer('bound_by_hand').references(() => stream.id, { onDelete: 'set null' }),
    /** Read capacity units that the last whole scan took, and when it ended. */
    scanUnits: doublePrecision('scan_units'),
    scanSeconds: doublePrecision('scan_seconds'),
    scannedAt: instant('scanned_at'),
    /** Why its description or its rows cannot be read; what was read before stays. */
    failure: jsonb('failure').$type<FailureColumn>(),
    checkedAt: instant('checked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connection, t.tableName] }),
    // A stream that is deleted is taken out of these rows.
    index('consumer_table_by_hand').on(t.boundByHand),
  ],
);

/** Which streams a table's rows are of, as LeaseBinding of lib/domain/consumers/bind-table.ts for each group of them. */
export type TableBindingColumn = readonly {
  /** The stream or group that the rows name; null: they name none. */
  name: string | null;
  binding: LeaseBinding;
}[];

/** How each API that consumers are found by last answered: what may not be asked is told, and the rest goes on. */
export const consumerDiscovery = pgTable(
  'consumer_discovery',
  {
    connection: text('connection').notNull(),
    /** As IAM writes it, e.g. `dynamodb:ListTables`. */
    api: text('api').notNull(),
    /** When it last answered for all that it was asked of. */
    readAt: instant('read_at'),
    failure: jsonb('failure').$type<FailureColumn>(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.api] })],
);

/** One consumer of one stream: a multi-stream application is a row for each of its streams. */
export const application = pgTable(
  'application',
  {
    id: serial('id').primaryKey(),
    connection: text('connection').notNull(),
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    kind: text('kind')
      .$type<'kcl' | 'lifion' | 'lambda' | 'firehose' | 'enhanced-fan-out'>()
      .notNull(),
    /** Name of the lease table, of the consumer group, the function, the delivery stream or the consumer. */
    name: text('name').notNull(),
    /** ApplicationSource of lib/domain/consumers/application-source.ts. */
    source: jsonb('source').$type<ApplicationSource>().notNull(),
    discoveredAt: instant('discovered_at').notNull(),
    /** When it was last read with success. */
    readAt: instant('read_at'),
    cadenceSeconds: integer('cadence_seconds').notNull(),
    failure: jsonb('failure').$type<FailureColumn>(),
    /** Set when it was no longer found. */
    goneAt: instant('gone_at'),
  },
  (t) => [
    uniqueIndex('application_identity').on(t.streamId, t.kind, t.name),
    index('application_by_connection').on(t.connection),
  ],
);

/** What is remembered of an application from reading to reading, and what follows from it. */
export const applicationState = pgTable('application_state', {
  applicationId: integer('application_id')
    .primaryKey()
    .references(() => application.id, { onDelete: 'cascade' }),
  /** Of the newest reading, on AWS's clock. */
  observedAt: instant('observed_at').notNull(),
  /** As packTrack of lib/domain/consumers makes it; null for kinds without leases. */
  track: bytes('track'),
  /** How it is as a whole, without its leases and workers. */
  summary: jsonb('summary').$type<StoredSummary>().notNull(),
  /** ApplicationHealth whole: JSON, deflated. */
  health: bytes('health').notNull(),
  /** Since when its status is what it is, on AWS's clock. */
  changedAt: instant('changed_at').notNull(),
});

/** What lists show of an application. */
export type StoredSummary = ApplicationSummary & {
  /** What CloudWatch counted for it in the newest period that is complete; null for applications with leases. */
  readonly throughput: {
    readonly recordsPerSecond: number | null;
    readonly bytesPerSecond: number | null;
    /** End of the period, epoch milliseconds on AWS's clock. */
    readonly atMs: number;
    readonly periodSeconds: number;
  } | null;
};

/** The leases of an application at one instant, packed as lib/domain/consumers/pack-observation.ts says. */
export const leaseObservation = pgTable(
  'lease_observation',
  {
    applicationId: integer('application_id')
      .notNull()
      .references(() => application.id, { onDelete: 'cascade' }),
    /** On AWS's clock. */
    observedAt: instant('observed_at').notNull(),
    body: bytes('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.applicationId, t.observedAt] })],
);

/** Lag and status of each shard of an application in a period: the worst of it. Packed as lag-frame.ts says. */
export const lagFrame = pgTable(
  'lag_frame',
  {
    applicationId: integer('application_id')
      .notNull()
      .references(() => application.id, { onDelete: 'cascade' }),
    periodSeconds: integer('period_seconds').notNull(),
    periodStart: instant('period_start').notNull(),
    body: bytes('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.applicationId, t.periodSeconds, t.periodStart] })],
);

/** What happened to an application: owners that changed, stalls that began and ended, checkpoints that went back. */
export const applicationEvent = pgTable(
  'application_event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    applicationId: integer('application_id')
      .notNull()
      .references(() => application.id, { onDelete: 'cascade' }),
    /** On AWS's clock. */
    at: instant('at').notNull(),
    /** null: the application as a whole. */
    shardId: text('shard_id'),
    kind: text('kind').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index('application_event_by_time').on(t.applicationId, t.at)],
);

/**
 * A reshard that was approved: the plan, and how far it is. The row is its lease, too: whoever works on it holds it by
 * `holder` and `token` (fencing), as a collector does its connection.
 */
export const reshardJob = pgTable(
  'reshard_job',
  {
    id: serial('id').primaryKey(),
    connection: text('connection').notNull(),
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    streamName: text('stream_name').notNull(),
    arn: text('arn').notNull(),
    createdAtMs: bigint('created_at_ms', { mode: 'number' }).notNull(),
    /** What was asked for, as it came: hash keys as decimal text. */
    goal: jsonb('goal').$type<{ kind: string } & Record<string, unknown>>().notNull(),
    plan: jsonb('plan').$type<StoredReshardPlan>().notNull(),
    /** What each shard would take, as whoever approved the plan was told; null: that was not kept. */
    forecast: jsonb('forecast').$type<StoredForecast>(),
    state: text('state').$type<JobState>().notNull().default('running'),
    /** What it waits for, or why it is held or stopped. */
    reason: jsonb('reason').$type<ReshardReasonColumn>(),
    stepCount: integer('step_count').notNull(),
    stepsDone: integer('steps_done').notNull().default(0),
    /** Merges are not held back for consumers that are behind. */
    ignoresLag: boolean('ignores_lag').notNull().default(false),
    requestedBy: text('requested_by').notNull(),
    /** Why, in the words of whoever asked; null: nothing was said. */
    purpose: text('purpose'),
    requestedAt: instant('requested_at').notNull().defaultNow(),
    changedAt: instant('changed_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
    holder: text('holder'),
    token: bigint('token', { mode: 'number' }).notNull().default(0),
    expiresAt: instant('expires_at').notNull().defaultNow(),
  },
  (t) => [
    // Two that are not over cannot be of one stream, whoever begins them at the same moment.
    uniqueIndex('reshard_job_under_way').on(t.streamId).where(sql`ended_at is null`),
    index('reshard_job_by_time').on(t.requestedAt),
  ],
);

/** ReshardPlan of lib/domain/reshard/plan.ts: hash keys as decimal text. */
export type StoredReshardPlan = {
  from: string[];
  to: string[];
  steps: { kind: 'split' | 'merge' | 'update-shard-count'; at?: string; count?: number }[];
  peakShards: number;
  /** Its choice and remarks as sentences. */
  choice: string;
  remarks: string[];
};

/** Of the planned shards in range order, by the load that was looked at. */
export type StoredForecast = {
  minutes: number;
  by: 'mean' | 'peak';
  /** End of the time looked at, on AWS's clock. */
  untilMs: number;
  /** null: nothing was recorded of it. */
  periodSeconds: number | null;
  /** Bytes and records written a second; null: unknown. */
  rates: ([number, number] | null)[];
};

/** `words` are for people; `kind` is that of Waiting, Hold or Mismatch of lib/domain/reshard/job. */
export type ReshardReasonColumn = { kind: string; words: string; sinceMs: number };

/** How the load lay within a shard when it was last sampled. */
export const shardSample = pgTable(
  'shard_sample',
  {
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    shardId: text('shard_id').notNull(),
    sampledAt: instant('sampled_at').notNull(),
    sampledBy: text('sampled_by').notNull(),
    /** ShardSample of lib/domain/reshard/load: hash keys as decimal text. */
    body: jsonb('body').$type<StoredShardSample>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.streamId, t.shardId] })],
);

/** Keys are kept as they are in records, since what is too hot has to be named: only operators are shown them. */
export type StoredShardSample = {
  start: string;
  end: string;
  sliceBytes: number[];
  sliceRecords: number[];
  bytes: number;
  records: number;
  invalidBytes: number;
  invalidRecords: number;
  topKeys: {
    partitionKey: string;
    hashKey: string;
    bytesShareMin: number;
    bytesShareMax: number;
    recordsShareMin: number;
    recordsShareMax: number;
  }[];
};

/** What was done for a reshard, line by line: JournalEntry of lib/domain/reshard/job/journal.ts. Never changed. */
export const reshardJournal = pgTable(
  'reshard_journal',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    jobId: integer('job_id')
      .notNull()
      .references(() => reshardJob.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    kind: text('kind').$type<JournalEntry['kind']>().notNull(),
    step: integer('step').notNull(),
    attempt: integer('attempt'),
    fingerprint: text('fingerprint'),
    answer: text('answer').$type<Answer>(),
    message: text('message'),
  },
  (t) => [index('reshard_journal_by_job').on(t.jobId, t.id)],
);

/** When a stream is scaled by itself: of this incarnation of it. No row: never set, so it is off. */
export const autoscalePolicy = pgTable('autoscale_policy', {
  streamId: integer('stream_id')
    .primaryKey()
    .references(() => stream.id, { onDelete: 'cascade' }),
  connection: text('connection').notNull(),
  mode: text('mode').$type<AutoscaleMode>().notNull(),
  settings: jsonb('settings').$type<AutoscalePolicy>().notNull(),
  /** Another one with each change: who changes it names the one that was looked at. */
  revision: integer('revision').notNull().default(1),
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull().defaultNow(),
  /** When it decides next. Whoever decides moves it on first, and proves its `token` with what it writes (fencing). */
  dueAt: instant('due_at').notNull().defaultNow(),
  token: bigint('token', { mode: 'number' }).notNull().default(0),
});

/** What policies decided: KeptDecision of lib/domain/reshard/autoscale. Those that say the same are one row. */
export const autoscaleDecision = pgTable(
  'autoscale_decision',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    streamId: integer('stream_id')
      .notNull()
      .references(() => stream.id, { onDelete: 'cascade' }),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    count: integer('count').notNull(),
    mode: text('mode').$type<Exclude<AutoscaleMode, 'off'>>().notNull(),
    revision: integer('revision').notNull(),
    decision: jsonb('decision').$type<AutoscaleDecision>().notNull(),
    span: jsonb('span').$type<DecisionSpan>().notNull(),
    outcome: text('outcome').$type<DecisionOutcome>().notNull(),
    /** Why it was refused; null else. */
    words: text('words'),
    /** What a person may apply, as it was planned; null: nothing was planned. */
    proposal: jsonb('proposal').$type<StoredProposal>(),
    jobId: integer('job_id').references(() => reshardJob.id, { onDelete: 'set null' }),
    appliedBy: text('applied_by'),
  },
  (t) => [
    index('autoscale_decision_by_stream').on(t.streamId, t.id),
    // A reshard that is deleted is taken out of these rows.
    index('autoscale_decision_by_job').on(t.jobId),
  ],
);

/** A reshard that was planned and previewed: by its fingerprints it is begun just so, or not at all. */
export type StoredProposal = {
  goal:
    | { kind: 'scale-to-count'; count: number }
    | { kind: 'rebalance'; count: number; slack: number };
  load: { minutes: number; by: 'mean' | 'peak'; untilMs: number };
  fingerprint: string;
  planFingerprint: string;
  needsName: boolean;
  shardsBefore: number;
  shardsAfter: number;
  stepCount: number;
  choice: string;
  remarks: string[];
  durationWords: string;
  /** Of the busiest shard, by that load; null: not known. */
  useBefore: number | null;
  useAfter: number | null;
  /** List price of the open shards. */
  dollarsAMonthBefore: number;
  dollarsAMonthAfter: number;
};

/** Each mutation: a row before it runs, completed after. An `outcome` of null with an old `at` means: died in between. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull().defaultNow(),
    actor: text('actor').notNull(),
    role: text('role').$type<'viewer' | 'operator' | 'admin'>().notNull(),
    procedure: text('procedure').notNull(),
    input: jsonb('input').notNull(),
    outcome: text('outcome').$type<'ok' | 'error'>(),
    error: text('error'),
    finishedAt: instant('finished_at'),
  },
  (t) => [index('audit_by_time').on(t.at)],
);

/**
 * Checkpoints of an application set to another place, or put back. A row is a plan until it is `running`: its steps
 * hold the leases as they were, so nothing is written before they can be restored.
 */
export const rewind = pgTable(
  'rewind',
  {
    id: serial('id').primaryKey(),
    applicationId: integer('application_id')
      .notNull()
      .references(() => application.id, { onDelete: 'cascade' }),
    tableName: text('table_name').notNull(),
    target: jsonb('target').$type<RewindTarget>().notNull(),
    /** The rewind whose leases this one puts back; null: none. */
    restores: integer('restores'),
    actor: text('actor').notNull(),
    state: text('state').$type<RewindState>().notNull(),
    plannedAt: instant('planned_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    /** Of whoever carries it out; old while it is `running`: that process died. */
    beatAt: instant('beat_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [index('rewind_by_application').on(t.applicationId, t.plannedAt)],
);

/** One lease of a rewind: what it was, and what it is to be, as items of DynamoDB (see server/db/rewinds/item-json.ts). */
export const rewindStep = pgTable(
  'rewind_step',
  {
    rewindId: integer('rewind_id')
      .notNull()
      .references(() => rewind.id, { onDelete: 'cascade' }),
    leaseKey: text('lease_key').notNull(),
    shardId: text('shard_id').notNull(),
    /** null: there was no lease. */
    former: jsonb('former').$type<StoredItem>(),
    /** null: there is to be none. */
    wanted: jsonb('wanted').$type<StoredItem>(),
    state: text('state').$type<RewindStepState>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.rewindId, t.leaseKey] })],
);
