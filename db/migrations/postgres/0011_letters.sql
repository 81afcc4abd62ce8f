ALTER TABLE "mail" ADD COLUMN "operation_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "left_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "held_reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "released_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "released_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "closed_reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "closed_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "external_reason" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "mail_held" ON "mail" USING btree ("held_at") WHERE "mail"."held_at" is not null and "mail"."closed_at" is null and "mail"."sent_at" is null;--> statement-breakpoint
CREATE INDEX "operation_unended_refund" ON "operation" USING btree ("changed_at","id") WHERE "operation"."kind" = 'stripe_refund' and "operation"."external_status" not in ('succeeded', 'failed', 'canceled');--> statement-breakpoint
-- What an earlier version had put off for good stays unsent.
UPDATE "mail" SET "closed_at" = "created_at", "closed_reason" = "error" WHERE "sent_at" IS NULL AND "error" = 'not sent: the refund has failed since';
