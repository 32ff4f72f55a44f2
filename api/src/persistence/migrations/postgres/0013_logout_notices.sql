CREATE TABLE "logout_notices" (
	"id" text PRIMARY KEY NOT NULL,
	"application_id" text NOT NULL,
	"session_id" text NOT NULL,
	"subject" text NOT NULL,
	"issuer" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"holder" text,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "logout_notices" ADD CONSTRAINT "logout_notices_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "logout_notices_due_idx" ON "logout_notices" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "logout_notices_over_idx" ON "logout_notices" USING btree ("created_at") WHERE due_at is null;--> statement-breakpoint
CREATE INDEX "logout_notices_application_idx" ON "logout_notices" USING btree ("application_id");