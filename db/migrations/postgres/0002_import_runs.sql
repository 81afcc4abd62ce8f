CREATE TABLE "postponed_index" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"definition" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "import_run" ADD COLUMN "bytes_read" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_run" ADD COLUMN "reject_bytes" bigint DEFAULT 0 NOT NULL;