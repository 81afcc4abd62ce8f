CREATE TABLE "database_identity" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "console_clock" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"measured_at" timestamp (3) with time zone NOT NULL,
	"ahead" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "restoration" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"backup_at" timestamp (3) with time zone,
	"log_seq" bigint NOT NULL,
	"log_hash" text COLLATE "C" NOT NULL,
	"forgotten" jsonb NOT NULL,
	"compared_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"confirmed_by" text COLLATE "C",
	"note" text COLLATE "C"
);
--> statement-breakpoint
CREATE INDEX "restoration_at" ON "restoration" USING btree ("at");
--> statement-breakpoint
INSERT INTO "database_identity" ("id", "name") VALUES ('this', replace(gen_random_uuid()::text, '-', ''));
