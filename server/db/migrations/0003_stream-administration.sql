CREATE TABLE "stream_setup" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"arn" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"name" text NOT NULL,
	"retention_hours" integer,
	"key_id" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"failure" jsonb
);
--> statement-breakpoint
ALTER TABLE "connection_state" ADD COLUMN "unreadable" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "stream_setup_identity" ON "stream_setup" USING btree ("connection","arn","created_at_ms");