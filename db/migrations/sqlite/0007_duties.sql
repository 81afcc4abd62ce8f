CREATE TABLE `audit_subject` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`salt` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_subject_token` ON `audit_subject` (`token`);--> statement-breakpoint
CREATE TABLE `delegation` (
	`id` text PRIMARY KEY NOT NULL,
	`delegator_id` text NOT NULL,
	`delegate_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	CONSTRAINT "delegation_to_another" CHECK("delegation"."delegator_id" <> "delegation"."delegate_id"),
	CONSTRAINT "delegation_ends" CHECK("delegation"."ends_at" > "delegation"."starts_at")
);
--> statement-breakpoint
CREATE INDEX `delegation_delegate` ON `delegation` (`delegate_id`,`ends_at`);--> statement-breakpoint
CREATE INDEX `delegation_delegator` ON `delegation` (`delegator_id`,`ends_at`);--> statement-breakpoint
CREATE TABLE `__new_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`revision` integer NOT NULL,
	`content_hash` text NOT NULL,
	`decider_id` text NOT NULL,
	`on_behalf_of` text,
	`requested_by` text NOT NULL,
	`verdict` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`voided_at` integer,
	FOREIGN KEY (`request_id`,`requested_by`) REFERENCES `request`(`id`,`requested_by`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "decision_by_another" CHECK("__new_decision"."decider_id" <> "__new_decision"."requested_by"),
	CONSTRAINT "decision_for_another" CHECK("__new_decision"."on_behalf_of" is null or ("__new_decision"."on_behalf_of" <> "__new_decision"."requested_by" and "__new_decision"."on_behalf_of" <> "__new_decision"."decider_id"))
);
--> statement-breakpoint
INSERT INTO `__new_decision`("id", "request_id", "revision", "content_hash", "decider_id", "on_behalf_of", "requested_by", "verdict", "reason", "at", "voided_at") SELECT "id", "request_id", "revision", "content_hash", "decider_id", NULL, "requested_by", "verdict", "reason", "at", "voided_at" FROM `decision`;--> statement-breakpoint
DROP TABLE `decision`;--> statement-breakpoint
ALTER TABLE `__new_decision` RENAME TO `decision`;--> statement-breakpoint
CREATE UNIQUE INDEX `decision_once` ON `decision` (`request_id`,`revision`,`decider_id`) WHERE "decision"."verdict" <> 'break_glass';--> statement-breakpoint
CREATE UNIQUE INDEX `decision_glass_once` ON `decision` (`request_id`,`revision`,`decider_id`) WHERE "decision"."verdict" = 'break_glass';--> statement-breakpoint
ALTER TABLE `audit_event` ADD `token` text;--> statement-breakpoint
ALTER TABLE `audit_event` ADD `sealed` text;--> statement-breakpoint
CREATE INDEX `audit_event_token` ON `audit_event` (`token`) WHERE "audit_event"."token" is not null;--> statement-breakpoint
ALTER TABLE `staff` ADD `away_until` integer;--> statement-breakpoint
-- What is in the log stays as it is, with two exceptions that are rows of the log themselves: rows before
-- a recorded purge go, and the facts of a customer whose erasure is recorded. See db/audit-guards.ts.
DROP TRIGGER `audit_event_no_update`;
--> statement-breakpoint
CREATE TRIGGER `audit_event_no_update` BEFORE UPDATE ON `audit_event`
WHEN NOT (
  new.`customer_id` IS NULL AND new.`ticket` IS NULL AND new.`detail` IS NULL
  AND new.`seq` IS old.`seq` AND new.`id` IS old.`id` AND new.`at` IS old.`at`
  AND new.`kind` IS old.`kind` AND new.`actor_id` IS old.`actor_id`
  AND new.`subject` IS old.`subject` AND new.`request_id` IS old.`request_id`
  AND new.`token` IS old.`token` AND new.`sealed` IS old.`sealed`
  AND new.`prev_hash` IS old.`prev_hash` AND new.`hash` IS old.`hash`
  AND EXISTS (SELECT 1 FROM `audit_event` AS `erased`
    WHERE `erased`.`kind` = 'audit.erased' AND `erased`.`subject` = 'token:' || old.`token`))
BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
--> statement-breakpoint
DROP TRIGGER `audit_event_no_delete`;
--> statement-breakpoint
CREATE TRIGGER `audit_event_no_delete` BEFORE DELETE ON `audit_event`
WHEN NOT EXISTS (SELECT 1 FROM `audit_event` AS `purged`
  WHERE `purged`.`kind` = 'audit.purged'
    AND CAST(substr(`purged`.`subject`, 5) AS integer) BETWEEN old.`seq` AND `purged`.`seq` - 1)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
