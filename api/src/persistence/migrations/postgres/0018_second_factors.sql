CREATE TABLE "enrollments" (
	"flow" text NOT NULL,
	"factor" text NOT NULL,
	"user_id" text NOT NULL,
	"secret" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "enrollments_flow_factor_pk" PRIMARY KEY("flow","factor")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"user_id" text NOT NULL,
	"code_hash" text NOT NULL,
	CONSTRAINT "recovery_codes_user_id_code_hash_pk" PRIMARY KEY("user_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "last_step" integer;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "enrollment_skipped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enrollments_user_idx" ON "enrollments" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "enrollments_expires_idx" ON "enrollments" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_single_idx" ON "credentials" USING btree ("user_id","type") WHERE type in ('email_code', 'sms_code', 'recovery_code');