CREATE TABLE `deployment` (
	`id` text PRIMARY KEY NOT NULL,
	`live` integer NOT NULL,
	`since` integer NOT NULL
);
