ALTER TABLE "organizations" ADD COLUMN "login_domain" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_login_domain_unique" UNIQUE("login_domain");