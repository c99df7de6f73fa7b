CREATE TABLE "application" (
	"id" serial PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"stream_id" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"source" jsonb NOT NULL,
	"discovered_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"cadence_seconds" integer NOT NULL,
	"failure" jsonb,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "application_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"application_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"shard_id" text,
	"kind" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "application_state" (
	"application_id" integer PRIMARY KEY NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"track" "bytea",
	"summary" jsonb NOT NULL,
	"health" "bytea" NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consumer_discovery" (
	"connection" text NOT NULL,
	"api" text NOT NULL,
	"read_at" timestamp with time zone,
	"failure" jsonb,
	CONSTRAINT "consumer_discovery_connection_api_pk" PRIMARY KEY("connection","api")
);
--> statement-breakpoint
CREATE TABLE "consumer_table" (
	"connection" text NOT NULL,
	"table_name" text NOT NULL,
	"layout" text NOT NULL,
	"created_at_ms" bigint,
	"read_capacity" double precision,
	"item_count" integer,
	"binding" jsonb,
	"bound_by_hand" integer,
	"scan_units" double precision,
	"scan_seconds" double precision,
	"scanned_at" timestamp with time zone,
	"failure" jsonb,
	"checked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "consumer_table_connection_table_name_pk" PRIMARY KEY("connection","table_name")
);
--> statement-breakpoint
CREATE TABLE "lag_frame" (
	"application_id" integer NOT NULL,
	"period_seconds" integer NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "lag_frame_application_id_period_seconds_period_start_pk" PRIMARY KEY("application_id","period_seconds","period_start")
);
--> statement-breakpoint
CREATE TABLE "lease_observation" (
	"application_id" integer NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "lease_observation_application_id_observed_at_pk" PRIMARY KEY("application_id","observed_at")
);
--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_event" ADD CONSTRAINT "application_event_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_state" ADD CONSTRAINT "application_state_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consumer_table" ADD CONSTRAINT "consumer_table_bound_by_hand_stream_id_fk" FOREIGN KEY ("bound_by_hand") REFERENCES "public"."stream"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lag_frame" ADD CONSTRAINT "lag_frame_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lease_observation" ADD CONSTRAINT "lease_observation_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "application_identity" ON "application" USING btree ("stream_id","kind","name");--> statement-breakpoint
CREATE INDEX "application_by_connection" ON "application" USING btree ("connection");--> statement-breakpoint
CREATE INDEX "application_event_by_time" ON "application_event" USING btree ("application_id","at");