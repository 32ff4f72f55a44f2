CREATE TABLE `logout_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`application_id` text NOT NULL,
	`session_id` text NOT NULL,
	`subject` text NOT NULL,
	`issuer` text NOT NULL,
	`state` text DEFAULT 'queued' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`holder` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `logout_notices_due_idx` ON `logout_notices` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `logout_notices_over_idx` ON `logout_notices` (`created_at`) WHERE due_at is null;--> statement-breakpoint
CREATE INDEX `logout_notices_application_idx` ON `logout_notices` (`application_id`);