ALTER TABLE `one_time_links` ADD `session_id` text;--> statement-breakpoint
CREATE INDEX `one_time_links_session_idx` ON `one_time_links` (`session_id`);