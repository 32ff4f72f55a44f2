CREATE TABLE `known_browsers` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text NOT NULL,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `known_browsers_person_idx` ON `known_browsers` (`token_hash`,`user_id`);--> statement-breakpoint
CREATE INDEX `known_browsers_user_idx` ON `known_browsers` (`user_id`);--> statement-breakpoint
CREATE INDEX `known_browsers_seen_idx` ON `known_browsers` (`seen_at`);--> statement-breakpoint
ALTER TABLE `devices` ADD `known_hash` text;