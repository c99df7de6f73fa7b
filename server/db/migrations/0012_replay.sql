CREATE TABLE "replay_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"words" text NOT NULL,
	"actor" text
);
--> statement-breakpoint
CREATE TABLE "replay_manifest" (
	"run_id" integer NOT NULL,
	"first" integer NOT NULL,
	"entries" jsonb NOT NULL,
	CONSTRAINT "replay_manifest_run_id_first_pk" PRIMARY KEY("run_id","first")
);
--> statement-breakpoint
CREATE TABLE "replay_quarantine" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" integer NOT NULL,
	"object" integer NOT NULL,
	"first" integer NOT NULL,
	"last" integer NOT NULL,
	"object_key" text NOT NULL,
	"etag" text NOT NULL,
	"start" bigint,
	"end" bigint,
	"sub" integer,
	"reason" text NOT NULL,
	"message" text,
	"partition_key" text,
	"explicit_hash_key" text,
	"bytes" "bytea" NOT NULL,
	"byte_count" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replay_run" (
	"id" serial PRIMARY KEY NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"draft" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"settings" jsonb,
	"connection" text,
	"target_name" text,
	"target_arn" text,
	"pace" jsonb NOT NULL,
	"pace_revision" integer DEFAULT 1 NOT NULL,
	"listing" jsonb,
	"manifest" jsonb,
	"plan" jsonb,
	"plan_hash" text,
	"decoder_version" text,
	"failure" jsonb,
	"caps" jsonb,
	"rate_shares" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"planned_at" timestamp with time zone,
	"started_by" text,
	"purpose" text,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"copied_from" integer,
	"quarantine_of" integer,
	"holder" text,
	"token" bigint DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replay_slice" (
	"run_id" integer NOT NULL,
	"slice" integer NOT NULL,
	"progress" jsonb NOT NULL,
	"is_done" boolean DEFAULT false NOT NULL,
	"stored_bytes_done" bigint DEFAULT 0 NOT NULL,
	"archive_ms" double precision,
	"holder" text,
	"token" bigint DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "replay_slice_run_id_slice_pk" PRIMARY KEY("run_id","slice")
);
--> statement-breakpoint
CREATE TABLE "replay_tick" (
	"run_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"emitted" bigint NOT NULL,
	"emitted_bytes" bigint NOT NULL,
	"throttled" bigint NOT NULL,
	"settled" bigint NOT NULL,
	"stored_bytes_done" bigint NOT NULL,
	"archive_ms" double precision,
	"cap_bytes_per_second" double precision,
	"live_bytes_per_second" double precision,
	CONSTRAINT "replay_tick_run_id_at_pk" PRIMARY KEY("run_id","at")
);
--> statement-breakpoint
ALTER TABLE "replay_event" ADD CONSTRAINT "replay_event_run_id_replay_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."replay_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_manifest" ADD CONSTRAINT "replay_manifest_run_id_replay_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."replay_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_quarantine" ADD CONSTRAINT "replay_quarantine_run_id_replay_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."replay_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_slice" ADD CONSTRAINT "replay_slice_run_id_replay_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."replay_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_tick" ADD CONSTRAINT "replay_tick_run_id_replay_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."replay_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "replay_event_by_run" ON "replay_event" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "replay_quarantine_by_run" ON "replay_quarantine" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "replay_run_by_change" ON "replay_run" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "replay_run_by_state" ON "replay_run" USING btree ("state");