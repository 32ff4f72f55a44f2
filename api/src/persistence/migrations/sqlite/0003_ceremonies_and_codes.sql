CREATE TABLE `acceptances` (
	`user_id` text NOT NULL,
	`document` text NOT NULL,
	`version` text NOT NULL,
	`link` text NOT NULL,
	`language` text NOT NULL,
	`accepted_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `document`, `version`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `one_time_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`flow` text NOT NULL,
	`user_id` text,
	`address` text NOT NULL,
	`code_hash` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`code_expires_at` integer NOT NULL,
	`link_hash` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`consumed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_codes_flow_idx` ON `one_time_codes` (`flow`,`purpose`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_codes_link_idx` ON `one_time_codes` (`link_hash`);--> statement-breakpoint
CREATE INDEX `one_time_codes_user_idx` ON `one_time_codes` (`user_id`);--> statement-breakpoint
CREATE INDEX `one_time_codes_expires_idx` ON `one_time_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `password_history` (
	`user_id` text NOT NULL,
	`secret` text NOT NULL,
	`replaced_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `replaced_at`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `auth_requests` ADD `ceremony` text;--> statement-breakpoint
ALTER TABLE `auth_requests` ADD `return_to` text;--> statement-breakpoint
ALTER TABLE `credentials` ADD `must_change` integer DEFAULT false NOT NULL;