PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`application_id` text NOT NULL,
	`user_id` text,
	`session_id` text,
	`issuer` text NOT NULL,
	`scopes` text NOT NULL,
	`claims` text,
	`resource` text,
	`offline` integer NOT NULL,
	`auth_time` integer NOT NULL,
	`acr` text NOT NULL,
	`amr` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_grants`("id", "application_id", "user_id", "session_id", "issuer", "scopes", "claims", "resource", "offline", "auth_time", "acr", "amr", "created_at", "expires_at", "revoked_at") SELECT "id", "application_id", "user_id", "session_id", "issuer", "scopes", "claims", NULL, "offline", "auth_time", "acr", "amr", "created_at", "expires_at", "revoked_at" FROM `grants`;--> statement-breakpoint
DROP TABLE `grants`;--> statement-breakpoint
ALTER TABLE `__new_grants` RENAME TO `grants`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `grants_session_idx` ON `grants` (`session_id`);--> statement-breakpoint
CREATE INDEX `grants_user_idx` ON `grants` (`user_id`);--> statement-breakpoint
CREATE INDEX `grants_expires_idx` ON `grants` (`expires_at`);--> statement-breakpoint
ALTER TABLE `access_tokens` ADD `audience` text;--> statement-breakpoint
ALTER TABLE `access_tokens` ADD `issued_at` integer;