ALTER TABLE `drift_check` ADD `form_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `drift_check_form_key` ON `drift_check` (`asked_by`,`form_key`);--> statement-breakpoint
ALTER TABLE `delegation` ADD `form_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `delegation_form_key` ON `delegation` (`delegator_id`,`form_key`);--> statement-breakpoint
ALTER TABLE `request` ADD `form_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `request_form_key` ON `request` (`requested_by`,`form_key`);