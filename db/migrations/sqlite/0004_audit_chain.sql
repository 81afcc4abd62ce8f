-- Rows that are there already are chained into the new table by db/chain-old-rows.ts.
DROP INDEX `audit_event_customer`;--> statement-breakpoint
DROP INDEX `audit_event_actor`;--> statement-breakpoint
DROP INDEX `audit_event_at`;--> statement-breakpoint
ALTER TABLE `audit_event` RENAME TO `audit_event_unchained`;--> statement-breakpoint
CREATE TABLE `audit_event` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`customer_id` text,
	`subject` text,
	`ticket` text,
	`request_id` text,
	`detail` text,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_event_customer` ON `audit_event` (`customer_id`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_event_actor` ON `audit_event` (`actor_id`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_event_kind` ON `audit_event` (`kind`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_event_ticket` ON `audit_event` (`ticket`,`at`,`seq`) WHERE "audit_event"."ticket" is not null;--> statement-breakpoint
CREATE INDEX `audit_event_at` ON `audit_event` (`at`,`seq`);
