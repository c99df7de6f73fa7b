CREATE TABLE "rewind" (
	"id" serial PRIMARY KEY NOT NULL,
	"application_id" integer NOT NULL,
	"table_name" text NOT NULL,
	"target" jsonb NOT NULL,
	"restores" integer,
	"actor" text NOT NULL,
	"state" text NOT NULL,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"beat_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rewind_step" (
	"rewind_id" integer NOT NULL,
	"lease_key" text NOT NULL,
	"shard_id" text NOT NULL,
	"former" jsonb,
	"wanted" jsonb,
	"state" text NOT NULL,
	CONSTRAINT "rewind_step_rewind_id_lease_key_pk" PRIMARY KEY("rewind_id","lease_key")
);
--> statement-breakpoint
ALTER TABLE "rewind" ADD CONSTRAINT "rewind_application_id_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."application"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewind_step" ADD CONSTRAINT "rewind_step_rewind_id_rewind_id_fk" FOREIGN KEY ("rewind_id") REFERENCES "public"."rewind"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rewind_by_application" ON "rewind" USING btree ("application_id","planned_at");