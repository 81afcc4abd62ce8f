CREATE TABLE "sign_in_refusals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"staff_id" text COLLATE "C",
	"since" timestamp (3) with time zone NOT NULL,
	"untold" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deployment" ADD COLUMN "demo" boolean;--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD COLUMN "browser" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD COLUMN "reserve" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "sign_in_refusals_since" ON "sign_in_refusals" USING btree ("since");