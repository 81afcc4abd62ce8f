-- Rows that are there already are chained into the new table by db/chain-old-rows.ts.
DROP INDEX "audit_event_customer";--> statement-breakpoint
DROP INDEX "audit_event_actor";--> statement-breakpoint
DROP INDEX "audit_event_at";--> statement-breakpoint
ALTER TABLE "audit_event" RENAME TO "audit_event_unchained";--> statement-breakpoint
ALTER INDEX "audit_event_pkey" RENAME TO "audit_event_unchained_pkey";--> statement-breakpoint
CREATE TABLE "audit_event" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C",
	"customer_id" text COLLATE "C",
	"subject" text COLLATE "C",
	"ticket" text COLLATE "C",
	"request_id" text COLLATE "C",
	"detail" jsonb,
	"prev_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_event_customer" ON "audit_event" USING btree ("customer_id","at","seq");--> statement-breakpoint
CREATE INDEX "audit_event_actor" ON "audit_event" USING btree ("actor_id","at","seq");--> statement-breakpoint
CREATE INDEX "audit_event_kind" ON "audit_event" USING btree ("kind","at","seq");--> statement-breakpoint
CREATE INDEX "audit_event_ticket" ON "audit_event" USING btree ("ticket","at","seq") WHERE "audit_event"."ticket" is not null;--> statement-breakpoint
CREATE INDEX "audit_event_at" ON "audit_event" USING btree ("at","seq");
