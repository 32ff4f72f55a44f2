DROP INDEX `applications_organization_idx`;--> statement-breakpoint
CREATE INDEX `applications_organization_idx` ON `applications` (`organization_id`,`id`);--> statement-breakpoint
DROP INDEX `projects_organization_idx`;--> statement-breakpoint
CREATE INDEX `projects_organization_idx` ON `projects` (`organization_id`,`id`);--> statement-breakpoint
DROP INDEX `user_grants_project_idx`;--> statement-breakpoint
CREATE INDEX `user_grants_project_idx` ON `user_grants` (`project_id`,`user_id`);