CREATE TABLE "replay_sent" (
	"run_id" integer NOT NULL,
	"worker" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"shards" jsonb NOT NULL,
	CONSTRAINT "replay_sent_run_id_worker_period_start_pk" PRIMARY KEY("run_id","worker","period_start")
);
--> statement-breakpoint
ALTER TABLE "replay_sent" ADD CONSTRAINT "replay_sent_run_id_replay_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."replay_run"("id") ON DELETE cascade ON UPDATE no action;