CREATE TABLE `avatars` (
	`user_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`content` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `avatars_hash_idx` ON `avatars` (`hash`);