CREATE TABLE `enrollments` (
	`flow` text NOT NULL,
	`factor` text NOT NULL,
	`user_id` text NOT NULL,
	`secret` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`flow`, `factor`)
);
--> statement-breakpoint
CREATE INDEX `enrollments_user_idx` ON `enrollments` (`user_id`);--> statement-breakpoint
CREATE INDEX `enrollments_expires_idx` ON `enrollments` (`expires_at`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	PRIMARY KEY(`user_id`, `code_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `credentials` ADD `last_step` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_single_idx` ON `credentials` (`user_id`,`type`) WHERE type in ('email_code', 'sms_code', 'recovery_code');--> statement-breakpoint
ALTER TABLE `users` ADD `enrollment_skipped_at` integer;