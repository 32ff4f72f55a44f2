CREATE TABLE `retired_subjects` (
	`subject_hash` text PRIMARY KEY NOT NULL,
	`retired_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `events` ADD `person` text;--> statement-breakpoint
CREATE INDEX `events_person_idx` ON `events` (`person`,`id`) WHERE person is not null;--> statement-breakpoint
ALTER TABLE `users` ADD `deletion_at` integer;--> statement-breakpoint
CREATE INDEX `users_deletion_idx` ON `users` (`deletion_at`) WHERE deletion_at is not null;