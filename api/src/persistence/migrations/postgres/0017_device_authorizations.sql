CREATE TABLE "device_authorizations" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"user_code" text NOT NULL,
	"application_id" text NOT NULL,
	"issuer" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"resource" text,
	"organization_id" text,
	"required_assurance" text,
	"max_age" integer,
	"state" text DEFAULT 'pending' NOT NULL,
	"grant_id" text,
	"interval" integer NOT NULL,
	"last_polled_at" timestamp (3) with time zone NOT NULL,
	"too_early" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"consumed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "device_authorizations" ADD CONSTRAINT "device_authorizations_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "device_authorizations_user_code_idx" ON "device_authorizations" USING btree ("user_code");--> statement-breakpoint
CREATE INDEX "device_authorizations_expires_idx" ON "device_authorizations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "device_authorizations_application_idx" ON "device_authorizations" USING btree ("application_id");