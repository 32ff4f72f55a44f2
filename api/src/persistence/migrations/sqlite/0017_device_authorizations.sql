CREATE TABLE `device_authorizations` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`user_code` text NOT NULL,
	`application_id` text NOT NULL,
	`issuer` text NOT NULL,
	`scopes` text NOT NULL,
	`resource` text,
	`organization_id` text,
	`required_assurance` text,
	`max_age` integer,
	`state` text DEFAULT 'pending' NOT NULL,
	`grant_id` text,
	`interval` integer NOT NULL,
	`last_polled_at` integer NOT NULL,
	`too_early` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`consumed_at` integer,
	FOREIGN KEY (`application_id`) REFERENCES `applications`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `device_authorizations_user_code_idx` ON `device_authorizations` (`user_code`);--> statement-breakpoint
CREATE INDEX `device_authorizations_expires_idx` ON `device_authorizations` (`expires_at`);--> statement-breakpoint
CREATE INDEX `device_authorizations_application_idx` ON `device_authorizations` (`application_id`);