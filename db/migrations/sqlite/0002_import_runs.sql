CREATE TABLE `postponed_index` (
	`name` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `import_run` ADD `bytes_read` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `import_run` ADD `reject_bytes` integer DEFAULT 0 NOT NULL;