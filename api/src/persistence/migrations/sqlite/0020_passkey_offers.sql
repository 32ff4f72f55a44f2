ALTER TABLE `auth_requests` ADD `passkey_offer_to` text;--> statement-breakpoint
ALTER TABLE `webauthn_challenges` ADD `user_id` text;