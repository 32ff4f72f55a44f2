CREATE TABLE `machine_keys` (
	`user_id` text NOT NULL,
	`id` text NOT NULL,
	`public_jwk` text NOT NULL,
	`thumbprint` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	PRIMARY KEY(`user_id`, `id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `machine_keys_thumbprint_unique` ON `machine_keys` (`thumbprint`);--> statement-breakpoint
CREATE TABLE `personal_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`grant_id` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `personal_tokens_user_idx` ON `personal_tokens` (`user_id`);--> statement-breakpoint
CREATE INDEX `personal_tokens_expires_idx` ON `personal_tokens` (`expires_at`);--> statement-breakpoint
ALTER TABLE `applications` ADD `service_user_id` text;--> statement-breakpoint
CREATE UNIQUE INDEX `applications_service_idx` ON `applications` (`service_user_id`) WHERE service_user_id is not null;--> statement-breakpoint
ALTER TABLE `grants` ADD `machine_credential` text;