CREATE TABLE `drift` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`charge_id` text NOT NULL,
	`refund_id` text,
	`customer_id` text,
	`words` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`gone_at` integer
);
--> statement-breakpoint
CREATE INDEX `drift_open` ON `drift` (`first_seen_at`,`id`) WHERE "drift"."gone_at" is null;--> statement-breakpoint
CREATE TABLE `drift_check` (
	`id` text PRIMARY KEY NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_by` text,
	`since` integer NOT NULL,
	`started_at` integer,
	`lease_until` integer,
	`ended_at` integer,
	`error` text,
	`refunds` integer,
	`charges` integer,
	`found` integer
);
--> statement-breakpoint
CREATE INDEX `drift_check_asked` ON `drift_check` (`asked_at`,`id`);--> statement-breakpoint
CREATE INDEX `drift_check_open` ON `drift_check` (`asked_at`) WHERE "drift_check"."ended_at" is null;--> statement-breakpoint
CREATE INDEX `mail_sent` ON `mail` (`sent_at`);--> statement-breakpoint
CREATE INDEX `operation_changed` ON `operation` (`changed_at`);--> statement-breakpoint
CREATE INDEX `request_changed` ON `request` (`changed_at`,`id`);