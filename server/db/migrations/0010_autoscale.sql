CREATE TABLE "autoscale_decision" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"stream_id" integer NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"mode" text NOT NULL,
	"revision" integer NOT NULL,
	"decision" jsonb NOT NULL,
	"span" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"words" text,
	"proposal" jsonb,
	"job_id" integer,
	"applied_by" text
);
--> statement-breakpoint
CREATE TABLE "autoscale_policy" (
	"stream_id" integer PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"mode" text NOT NULL,
	"settings" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"token" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "autoscale_decision" ADD CONSTRAINT "autoscale_decision_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autoscale_decision" ADD CONSTRAINT "autoscale_decision_job_id_reshard_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."reshard_job"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autoscale_policy" ADD CONSTRAINT "autoscale_policy_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "autoscale_decision_by_stream" ON "autoscale_decision" USING btree ("stream_id","id");--> statement-breakpoint
CREATE INDEX "autoscale_decision_by_job" ON "autoscale_decision" USING btree ("job_id");