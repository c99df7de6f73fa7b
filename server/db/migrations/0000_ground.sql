CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"procedure" text NOT NULL,
	"input" jsonb NOT NULL,
	"outcome" text,
	"error" text,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "collector_lease" (
	"connection" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"token" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection_state" (
	"connection" text PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"source" text NOT NULL,
	"read_only" text NOT NULL,
	"collected_at" timestamp with time zone,
	"cadence_seconds" integer NOT NULL,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "frame" (
	"stream_id" integer NOT NULL,
	"period_seconds" integer NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"topology_id" integer NOT NULL,
	"collected_at" timestamp with time zone NOT NULL,
	"seq" bigserial NOT NULL,
	"stream_values" "bytea" NOT NULL,
	"shard_values" "bytea" NOT NULL,
	CONSTRAINT "frame_stream_id_period_seconds_period_start_topology_id_pk" PRIMARY KEY("stream_id","period_seconds","period_start","topology_id")
);
--> statement-breakpoint
CREATE TABLE "stream" (
	"id" serial PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"arn" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"mode" text NOT NULL,
	"open_shard_count" integer NOT NULL,
	"consumer_count" integer NOT NULL,
	"retention_hours" integer NOT NULL,
	"encryption" text NOT NULL,
	"shard_metrics" text[] DEFAULT '{}' NOT NULL,
	"topology_id" integer,
	"collected_at" timestamp with time zone,
	"cadence_seconds" integer NOT NULL,
	"failure" jsonb,
	"gone_at" timestamp with time zone,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "topology" (
	"id" serial PRIMARY KEY NOT NULL,
	"stream_id" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"open_shard_count" integer NOT NULL,
	"shards" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watch" (
	"stream_id" integer NOT NULL,
	"watcher" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "watch_stream_id_watcher_pk" PRIMARY KEY("stream_id","watcher")
);
--> statement-breakpoint
ALTER TABLE "frame" ADD CONSTRAINT "frame_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frame" ADD CONSTRAINT "frame_topology_id_topology_id_fk" FOREIGN KEY ("topology_id") REFERENCES "public"."topology"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topology" ADD CONSTRAINT "topology_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch" ADD CONSTRAINT "watch_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "frame_by_seq" ON "frame" USING btree ("seq");--> statement-breakpoint
CREATE UNIQUE INDEX "stream_identity" ON "stream" USING btree ("connection","arn","created_at_ms");--> statement-breakpoint
CREATE INDEX "stream_by_name" ON "stream" USING btree ("connection","name");--> statement-breakpoint
CREATE INDEX "topology_by_stream" ON "topology" USING btree ("stream_id","observed_at");