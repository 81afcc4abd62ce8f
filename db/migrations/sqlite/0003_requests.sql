CREATE TABLE `decision` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`revision` integer NOT NULL,
	`content_hash` text NOT NULL,
	`decider_id` text NOT NULL,
	`requested_by` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`voided_at` integer,
	FOREIGN KEY (`request_id`,`requested_by`) REFERENCES `request`(`id`,`requested_by`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "decision_by_another" CHECK("decision"."decider_id" <> "decision"."requested_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decision_once` ON `decision` (`request_id`,`revision`,`decider_id`);--> statement-breakpoint
CREATE TABLE `mail` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`address` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`attempts` integer NOT NULL,
	`next_try_at` integer NOT NULL,
	`lease_owner` text,
	`lease_until` integer,
	`error` text,
	FOREIGN KEY (`request_id`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mail_once` ON `mail` (`request_id`,`kind`);--> statement-breakpoint
CREATE INDEX `mail_due` ON `mail` (`next_try_at`,`id`) WHERE "mail"."sent_at" is null;--> statement-breakpoint
CREATE TABLE `operation` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`customer_id` text NOT NULL,
	`payment_id` text,
	`amount` integer,
	`currency` text,
	`credits` integer,
	`idempotency_key` text NOT NULL,
	`attempt` integer NOT NULL,
	`body` text NOT NULL,
	`first_sent_at` integer,
	`last_sent_at` integer,
	`next_try_at` integer NOT NULL,
	`lease_owner` text,
	`lease_until` integer,
	`empty_read_backs` integer NOT NULL,
	`last_read_back_at` integer,
	`external_id` text,
	`external_status` text,
	`bank_reference` text,
	`error` text,
	`outcome` text,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`request_id`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "operation_refund_whole" CHECK("operation"."kind" <> 'stripe_refund' or ("operation"."amount" is not null and "operation"."amount" > 0 and "operation"."currency" is not null and "operation"."payment_id" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operation_key` ON `operation` (`idempotency_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `operation_step` ON `operation` (`request_id`,`ordinal`);--> statement-breakpoint
CREATE UNIQUE INDEX `operation_external` ON `operation` (`kind`,`external_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `operation_sending_refund` ON `operation` (`payment_id`) WHERE "operation"."state" = 'sending' and "operation"."kind" = 'stripe_refund';--> statement-breakpoint
CREATE INDEX `operation_due` ON `operation` (`next_try_at`,`id`) WHERE "operation"."state" in ('ready', 'sending');--> statement-breakpoint
CREATE INDEX `operation_payment` ON `operation` (`payment_id`,`state`);--> statement-breakpoint
CREATE INDEX `operation_external_status` ON `operation` (`external_status`,`changed_at`);--> statement-breakpoint
CREATE INDEX `operation_state` ON `operation` (`state`,`changed_at`);--> statement-breakpoint
CREATE TABLE `request` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`revision` integer NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`payment_id` text,
	`generation_id` text,
	`amount` integer,
	`currency` text,
	`credits` integer,
	`ground` text,
	`flag_id` text,
	`requested_by` text NOT NULL,
	`touched_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`needed_approvals` integer NOT NULL,
	`decider_permission` text,
	`approved_at` integer,
	`seen` text,
	`needs_word` integer NOT NULL,
	`verdict` text NOT NULL,
	`state_reason` text,
	`ticket` text,
	`changed_at` integer NOT NULL,
	CONSTRAINT "request_refund_whole" CHECK("request"."kind" <> 'refund' or ("request"."amount" is not null and "request"."amount" > 0 and "request"."currency" is not null and "request"."payment_id" is not null and "request"."ground" is not null)),
	CONSTRAINT "request_adjustment_whole" CHECK("request"."kind" <> 'credit_adjustment' or ("request"."credits" is not null and "request"."credits" <> 0)),
	CONSTRAINT "request_refund_decided" CHECK("request"."kind" <> 'refund' or "request"."needed_approvals" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `request_open_payment` ON `request` (`payment_id`,`ground`) WHERE "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE UNIQUE INDEX `request_open_generation` ON `request` (`generation_id`,`ground`) WHERE "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE UNIQUE INDEX `request_open_flag` ON `request` (`flag_id`) WHERE "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE UNIQUE INDEX `request_open_hold` ON `request` (`customer_id`) WHERE "request"."kind" = 'generation_hold' and "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE INDEX `request_customer` ON `request` (`customer_id`,`requested_at`);--> statement-breakpoint
CREATE INDEX `request_payment` ON `request` (`payment_id`);--> statement-breakpoint
CREATE INDEX `request_asked_by` ON `request` (`requested_by`,`requested_at`);--> statement-breakpoint
CREATE INDEX `request_approved` ON `request` (`customer_id`,`approved_at`);--> statement-breakpoint
CREATE INDEX `request_queue` ON `request` (`state`,`requested_at`,`id`);--> statement-breakpoint
CREATE INDEX `request_expires` ON `request` (`expires_at`) WHERE "request"."state" in ('requested', 'sent_back');--> statement-breakpoint
CREATE UNIQUE INDEX `request_asker` ON `request` (`id`,`requested_by`);--> statement-breakpoint
CREATE TABLE `request_event` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`reason` text,
	`ticket` text,
	`revision` integer NOT NULL,
	`content` text,
	`content_hash` text,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `request_event_request` ON `request_event` (`request_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `stripe_event` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`object_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stripe_event_object` ON `stripe_event` (`object_id`,`created_at`);