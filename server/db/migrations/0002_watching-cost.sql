CREATE TABLE "account_limits" (
	"connection" text PRIMARY KEY NOT NULL,
	"read_at" timestamp with time zone,
	"open_shard_count" integer,
	"shard_limit" integer,
	"on_demand_stream_count" integer,
	"on_demand_stream_count_limit" integer,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "api_use" (
	"connection" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"api" text NOT NULL,
	"calls" integer NOT NULL,
	CONSTRAINT "api_use_connection_minute_api_pk" PRIMARY KEY("connection","minute","api")
);
--> statement-breakpoint
CREATE TABLE "metrics_ledger" (
	"connection" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"stream_id" integer NOT NULL,
	"stream_name" text NOT NULL,
	"metrics" bigint NOT NULL,
	CONSTRAINT "metrics_ledger_connection_hour_stream_id_pk" PRIMARY KEY("connection","hour","stream_id")
);
--> statement-breakpoint
ALTER TABLE "connection_state" ADD COLUMN "budget_dollars_per_day" double precision;--> statement-breakpoint
ALTER TABLE "connection_state" ADD COLUMN "charged" text DEFAULT 'yes' NOT NULL;--> statement-breakpoint
ALTER TABLE "stream" ADD COLUMN "wanted_cadence_seconds" integer;--> statement-breakpoint
ALTER TABLE "stream" ADD COLUMN "metrics_per_reading" integer;