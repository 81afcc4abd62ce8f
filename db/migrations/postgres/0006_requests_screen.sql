CREATE TABLE "drift" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"charge_id" text COLLATE "C" NOT NULL,
	"refund_id" text COLLATE "C",
	"customer_id" text COLLATE "C",
	"words" text COLLATE "C" NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "drift_check" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"asked_by" text COLLATE "C",
	"since" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"error" text COLLATE "C",
	"refunds" bigint,
	"charges" bigint,
	"found" bigint
);
--> statement-breakpoint
CREATE INDEX "drift_open" ON "drift" USING btree ("first_seen_at","id") WHERE "drift"."gone_at" is null;--> statement-breakpoint
CREATE INDEX "drift_check_asked" ON "drift_check" USING btree ("asked_at","id");--> statement-breakpoint
CREATE INDEX "drift_check_open" ON "drift_check" USING btree ("asked_at") WHERE "drift_check"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "mail_sent" ON "mail" USING btree ("sent_at");--> statement-breakpoint
CREATE INDEX "operation_changed" ON "operation" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "request_changed" ON "request" USING btree ("changed_at","id");