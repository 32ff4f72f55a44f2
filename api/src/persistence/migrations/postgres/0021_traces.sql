CREATE TABLE "traces" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"path" text NOT NULL,
	"owner" text NOT NULL,
	"application_id" text,
	"client_id" text,
	"error" text NOT NULL,
	"failed_check" text NOT NULL,
	"reason" text NOT NULL,
	"expected" text,
	"got" text
);
--> statement-breakpoint
CREATE INDEX "traces_at_idx" ON "traces" USING btree ("at");--> statement-breakpoint
CREATE INDEX "traces_application_idx" ON "traces" USING btree ("application_id","at") WHERE application_id is not null;