ALTER TABLE `organizations` ADD `login_domain` text;--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_login_domain_unique` ON `organizations` (`login_domain`);