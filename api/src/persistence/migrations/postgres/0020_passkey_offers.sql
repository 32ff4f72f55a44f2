ALTER TABLE "auth_requests" ADD COLUMN "passkey_offer_to" text;--> statement-breakpoint
ALTER TABLE "webauthn_challenges" ADD COLUMN "user_id" text;