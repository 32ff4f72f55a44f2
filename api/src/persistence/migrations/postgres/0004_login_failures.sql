CREATE TABLE "login_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"total" integer NOT NULL,
	"locks" integer NOT NULL,
	"wait_ends_at" timestamp (3) with time zone,
	"lock_ends_at" timestamp (3) with time zone,
	"forgotten_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "login_failures_forgotten_idx" ON "login_failures" USING btree ("forgotten_at");