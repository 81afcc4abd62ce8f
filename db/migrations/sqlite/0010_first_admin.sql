CREATE TABLE `sign_in_refusals` (
	`id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`staff_id` text,
	`since` integer NOT NULL,
	`untold` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_refusals_since` ON `sign_in_refusals` (`since`);--> statement-breakpoint
ALTER TABLE `deployment` ADD `demo` integer;--> statement-breakpoint
ALTER TABLE `sign_in_failure` ADD `browser` text;--> statement-breakpoint
ALTER TABLE `sign_in_failure` ADD `reserve` integer DEFAULT false NOT NULL;