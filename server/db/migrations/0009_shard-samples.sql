CREATE TABLE "shard_sample" (
	"stream_id" integer NOT NULL,
	"shard_id" text NOT NULL,
	"sampled_at" timestamp with time zone NOT NULL,
	"sampled_by" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "shard_sample_stream_id_shard_id_pk" PRIMARY KEY("stream_id","shard_id")
);
--> statement-breakpoint
ALTER TABLE "shard_sample" ADD CONSTRAINT "shard_sample_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;