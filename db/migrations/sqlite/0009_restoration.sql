CREATE TABLE `database_identity` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `console_clock` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`measured_at` integer NOT NULL,
	`ahead` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `restoration` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`backup_at` integer,
	`log_seq` integer NOT NULL,
	`log_hash` text NOT NULL,
	`forgotten` text NOT NULL,
	`compared_at` integer,
	`confirmed_at` integer,
	`confirmed_by` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `restoration_at` ON `restoration` (`at`);
--> statement-breakpoint
INSERT INTO `database_identity` (`id`, `name`) VALUES ('this', lower(hex(randomblob(16))));
