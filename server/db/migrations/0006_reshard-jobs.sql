CREATE TABLE "reshard_job" (
	"id" serial PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"stream_id" integer NOT NULL,
	"stream_name" text NOT NULL,
	"arn" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"goal" jsonb NOT NULL,
	"plan" jsonb NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"reason" jsonb,
	"step_count" integer NOT NULL,
	"steps_done" integer DEFAULT 0 NOT NULL,
	"ignores_lag" boolean DEFAULT false NOT NULL,
	"requested_by" text NOT NULL,
	"purpose" text,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"holder" text,
	"token" bigint DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reshard_journal" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"job_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"step" integer NOT NULL,
	"attempt" integer,
	"fingerprint" text,
	"answer" text,
	"message" text
);
--> statement-breakpoint
ALTER TABLE "reshard_job" ADD CONSTRAINT "reshard_job_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reshard_journal" ADD CONSTRAINT "reshard_journal_job_id_reshard_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."reshard_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reshard_job_under_way" ON "reshard_job" USING btree ("stream_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "reshard_job_by_time" ON "reshard_job" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "reshard_journal_by_job" ON "reshard_journal" USING btree ("job_id","id");