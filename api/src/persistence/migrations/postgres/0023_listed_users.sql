DROP INDEX "users_organization_idx";--> statement-breakpoint
CREATE INDEX "users_unusual_idx" ON "users" USING btree ("organization_id","kind","state","id") WHERE state <> 'active';--> statement-breakpoint
CREATE INDEX "users_organization_idx" ON "users" USING btree ("organization_id","kind","id");