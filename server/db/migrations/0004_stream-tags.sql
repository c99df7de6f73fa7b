CREATE TABLE "stream_tags" (
	"stream_id" integer PRIMARY KEY NOT NULL,
	"tags" jsonb,
	"read_at" timestamp with time zone,
	"failure" jsonb
);
--> statement-breakpoint
ALTER TABLE "stream_tags" ADD CONSTRAINT "stream_tags_stream_id_stream_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."stream"("id") ON DELETE cascade ON UPDATE no action;