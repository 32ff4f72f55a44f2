CREATE TABLE `login_failures` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`total` integer NOT NULL,
	`locks` integer NOT NULL,
	`wait_ends_at` integer,
	`lock_ends_at` integer,
	`forgotten_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_failures_forgotten_idx` ON `login_failures` (`forgotten_at`);