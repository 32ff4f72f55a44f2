CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`asserts_roles` integer DEFAULT false NOT NULL,
	`roles` text NOT NULL,
	`granted_to` text NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `projects_organization_idx` ON `projects` (`organization_id`);--> statement-breakpoint
CREATE TABLE `user_grants` (
	`user_id` text NOT NULL,
	`project_id` text NOT NULL,
	`roles` text NOT NULL,
	PRIMARY KEY(`user_id`, `project_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `user_grants_project_idx` ON `user_grants` (`project_id`);--> statement-breakpoint
ALTER TABLE `applications` ADD `project_id` text;