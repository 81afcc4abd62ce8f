CREATE TABLE `account` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`dirty` integer NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`swept_at` integer,
	`next_check` integer,
	`waits_for_ledger` integer,
	`waits_for_invoices` integer,
	`opening` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`daily` text,
	`entries` integer DEFAULT 0 NOT NULL,
	`payments` integer DEFAULT 0 NOT NULL,
	`generations` integer DEFAULT 0 NOT NULL,
	`unpriced` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `account_dirty` ON `account` (`customer_id`) WHERE "account"."dirty";--> statement-breakpoint
CREATE INDEX `account_next_check` ON `account` (`next_check`);--> statement-breakpoint
CREATE INDEX `account_waits_ledger` ON `account` (`waits_for_ledger`);--> statement-breakpoint
CREATE INDEX `account_waits_invoices` ON `account` (`waits_for_invoices`);--> statement-breakpoint
CREATE TABLE `audit_event` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`customer_id` text,
	`subject` text,
	`ticket` text,
	`request_id` text,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `audit_event_customer` ON `audit_event` (`customer_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_event_actor` ON `audit_event` (`actor_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_event_at` ON `audit_event` (`at`,`id`);--> statement-breakpoint
CREATE TABLE `customer` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`stripe_customer_id` text,
	`created_at` integer NOT NULL,
	`time_zone` text,
	`reported_balance` integer,
	`reported_balance_at` integer,
	`generation_hold` integer
);
--> statement-breakpoint
CREATE INDEX `customer_stripe` ON `customer` (`stripe_customer_id`);--> statement-breakpoint
CREATE INDEX `customer_name` ON `customer` (lower("name"));--> statement-breakpoint
CREATE INDEX `customer_email` ON `customer` (lower("email"));--> statement-breakpoint
CREATE TABLE `flag` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`rule` text NOT NULL,
	`subject` text NOT NULL,
	`severity` text NOT NULL,
	`severity_rank` integer NOT NULL,
	`confidence` text NOT NULL,
	`credits` integer,
	`amount` integer,
	`currency` text,
	`at_risk` integer,
	`at_risk_currency` text,
	`since` integer NOT NULL,
	`evidence` text NOT NULL,
	`facts` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`reason` text,
	`snoozed_until` integer,
	`assignee_id` text,
	`changed_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `flag_identity` ON `flag` (`rule`,`subject`);--> statement-breakpoint
CREATE INDEX `flag_customer` ON `flag` (`customer_id`,`state`);--> statement-breakpoint
CREATE INDEX `flag_queue` ON `flag` (`state`,`severity_rank`,`since`,`id`);--> statement-breakpoint
CREATE INDEX `flag_rule` ON `flag` (`state`,`rule`,`severity_rank`,`since`);--> statement-breakpoint
CREATE INDEX `flag_assignee` ON `flag` (`assignee_id`,`state`);--> statement-breakpoint
CREATE INDEX `flag_snoozed` ON `flag` (`snoozed_until`) WHERE "flag"."state" = 'snoozed';--> statement-breakpoint
CREATE INDEX `flag_changed` ON `flag` (`changed_at`);--> statement-breakpoint
CREATE INDEX `flag_opened` ON `flag` (`opened_at`);--> statement-breakpoint
CREATE TABLE `flag_event` (
	`id` text PRIMARY KEY NOT NULL,
	`flag_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`reason` text,
	`ticket` text,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `flag_event_flag` ON `flag_event` (`flag_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `generation` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`member_id` text,
	`kind` text NOT NULL,
	`model` text NOT NULL,
	`tier` text NOT NULL,
	`resolution` text,
	`duration_seconds` real,
	`count` integer,
	`status` text NOT NULL,
	`error` text,
	`started_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `generation_book` ON `generation` (`customer_id`,`started_at`,`id`,`status`,`kind`,`tier`,`resolution`,`duration_seconds`,`count`,`finished_at`);--> statement-breakpoint
CREATE TABLE `import_run` (
	`id` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`file_name` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`lines_read` integer NOT NULL,
	`loaded` integer NOT NULL,
	`refused` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `import_run_fingerprint` ON `import_run` (`fingerprint`);--> statement-breakpoint
CREATE TABLE `ingest_receipt` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`status` integer,
	`answer` text
);
--> statement-breakpoint
CREATE INDEX `ingest_receipt_started` ON `ingest_receipt` (`started_at`);--> statement-breakpoint
CREATE TABLE `invoice` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`number` text,
	`status` text NOT NULL,
	`total` integer NOT NULL,
	`currency` text NOT NULL,
	`created_at` integer NOT NULL,
	`finalized_at` integer,
	`payment_ids` text NOT NULL,
	`bill_to` text NOT NULL,
	`subscription_id` text,
	`revision_of` text
);
--> statement-breakpoint
CREATE INDEX `invoice_customer` ON `invoice` (`customer_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invoice_number` ON `invoice` (lower("number"));--> statement-breakpoint
CREATE TABLE `ledger_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`member_id` text,
	`kind` text NOT NULL,
	`credits` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`balance_after` integer,
	`payment_id` text,
	`generation_id` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `ledger_entry_book` ON `ledger_entry` (`customer_id`,`occurred_at`,`sequence`,`id`,`credits`,`kind`,`balance_after`,`payment_id`,`generation_id`);--> statement-breakpoint
CREATE INDEX `ledger_entry_generation` ON `ledger_entry` (`generation_id`,`customer_id`,`credits`) WHERE "ledger_entry"."generation_id" is not null;--> statement-breakpoint
CREATE INDEX `ledger_entry_payment` ON `ledger_entry` (`payment_id`,`customer_id`) WHERE "ledger_entry"."payment_id" is not null;--> statement-breakpoint
CREATE TABLE `member` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `member_customer` ON `member` (`customer_id`);--> statement-breakpoint
CREATE INDEX `member_name` ON `member` (lower("name"));--> statement-breakpoint
CREATE INDEX `member_email` ON `member` (lower("email"));--> statement-breakpoint
CREATE TABLE `name_key` (
	`row` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`record_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`folded` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `name_key_record` ON `name_key` (`type`,`record_id`);--> statement-breakpoint
CREATE TABLE `payment` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`purpose` text NOT NULL,
	`product` text,
	`credits` integer,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`captured_at` integer,
	`amount_captured` integer,
	`amount_refunded` integer,
	`refunded_at` integer,
	`dispute_status` text,
	`invoice_id` text,
	`subscription_id` text,
	`period_start` integer,
	`card_brand` text,
	`card_last4` text,
	`card_fingerprint` text,
	`failure_code` text,
	`decline_code` text,
	`failure_message` text
);
--> statement-breakpoint
CREATE INDEX `payment_customer` ON `payment` (`customer_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `payment_amount` ON `payment` (`amount`,`created_at`,`currency`);--> statement-breakpoint
CREATE INDEX `payment_last4` ON `payment` (`card_last4`,`created_at`);--> statement-breakpoint
CREATE INDEX `payment_last4_amount` ON `payment` (`card_last4`,`amount`,`created_at`);--> statement-breakpoint
CREATE INDEX `payment_invoice` ON `payment` (`invoice_id`);--> statement-breakpoint
CREATE INDEX `payment_subscription` ON `payment` (`subscription_id`) WHERE "payment"."subscription_id" is not null;--> statement-breakpoint
CREATE TABLE `policy_version` (
	`id` text PRIMARY KEY NOT NULL,
	`applies_from` integer NOT NULL,
	`policy` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `policy_version_from` ON `policy_version` (`applies_from`,`id`);--> statement-breakpoint
CREATE TABLE `refund` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`payment_id` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`failure_reason` text,
	`bank_reference` text
);
--> statement-breakpoint
CREATE INDEX `refund_customer` ON `refund` (`customer_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `refund_payment` ON `refund` (`payment_id`);--> statement-breakpoint
CREATE INDEX `refund_bank_reference` ON `refund` (`bank_reference`);--> statement-breakpoint
CREATE TABLE `session` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`authenticated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `session_staff` ON `session` (`staff_id`);--> statement-breakpoint
CREATE INDEX `session_created` ON `session` (`created_at`);--> statement-breakpoint
CREATE TABLE `setup_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL,
	`status` text NOT NULL,
	`failure_code` text,
	`decline_code` text,
	`card_brand` text,
	`card_funding` text
);
--> statement-breakpoint
CREATE INDEX `setup_attempt_customer` ON `setup_attempt` (`customer_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `sign_in_failure` (
	`id` text PRIMARY KEY NOT NULL,
	`account_hash` text NOT NULL,
	`address` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failure_account` ON `sign_in_failure` (`account_hash`,`address`,`at`);--> statement-breakpoint
CREATE INDEX `sign_in_failure_address` ON `sign_in_failure` (`address`,`at`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	`demo` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email` ON `staff` (`email`);--> statement-breakpoint
CREATE TABLE `subscription` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`plan` text NOT NULL,
	`credits_per_period` integer NOT NULL,
	`status` text NOT NULL,
	`current_period_start` integer NOT NULL,
	`current_period_end` integer NOT NULL,
	`cancel_at` integer,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `subscription_customer` ON `subscription` (`customer_id`,`current_period_start`,`id`);--> statement-breakpoint
CREATE TABLE `watermark` (
	`id` text PRIMARY KEY NOT NULL,
	`through` integer NOT NULL
);
