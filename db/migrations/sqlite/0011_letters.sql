ALTER TABLE `mail` ADD `operation_id` text;--> statement-breakpoint
ALTER TABLE `mail` ADD `left_at` integer;--> statement-breakpoint
ALTER TABLE `mail` ADD `held_at` integer;--> statement-breakpoint
ALTER TABLE `mail` ADD `held_reason` text;--> statement-breakpoint
ALTER TABLE `mail` ADD `released_at` integer;--> statement-breakpoint
ALTER TABLE `mail` ADD `released_by` text;--> statement-breakpoint
ALTER TABLE `mail` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `mail` ADD `closed_reason` text;--> statement-breakpoint
ALTER TABLE `mail` ADD `closed_by` text;--> statement-breakpoint
CREATE INDEX `mail_held` ON `mail` (`held_at`) WHERE "mail"."held_at" is not null and "mail"."closed_at" is null and "mail"."sent_at" is null;--> statement-breakpoint
ALTER TABLE `operation` ADD `external_reason` text;--> statement-breakpoint
CREATE INDEX `operation_unended_refund` ON `operation` (`changed_at`,`id`) WHERE "operation"."kind" = 'stripe_refund' and "operation"."external_status" not in ('succeeded', 'failed', 'canceled');--> statement-breakpoint
-- What an earlier version had put off for good stays unsent.
UPDATE `mail` SET `closed_at` = `created_at`, `closed_reason` = `error` WHERE `sent_at` IS NULL AND `error` = 'not sent: the refund has failed since';
