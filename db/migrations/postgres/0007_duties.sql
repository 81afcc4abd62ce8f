CREATE TABLE "audit_subject" (
	"customer_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"token" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delegation" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"delegator_id" text COLLATE "C" NOT NULL,
	"delegate_id" text COLLATE "C" NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text COLLATE "C",
	CONSTRAINT "delegation_to_another" CHECK ("delegation"."delegator_id" <> "delegation"."delegate_id"),
	CONSTRAINT "delegation_ends" CHECK ("delegation"."ends_at" > "delegation"."starts_at")
);
--> statement-breakpoint
DROP INDEX "decision_once";--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "token" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "sealed" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "away_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "decision" ADD COLUMN "on_behalf_of" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "audit_subject_token" ON "audit_subject" USING btree ("token");--> statement-breakpoint
CREATE INDEX "delegation_delegate" ON "delegation" USING btree ("delegate_id","ends_at");--> statement-breakpoint
CREATE INDEX "delegation_delegator" ON "delegation" USING btree ("delegator_id","ends_at");--> statement-breakpoint
CREATE INDEX "audit_event_token" ON "audit_event" USING btree ("token") WHERE "audit_event"."token" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "decision_glass_once" ON "decision" USING btree ("request_id","revision","decider_id") WHERE "decision"."verdict" = 'break_glass';--> statement-breakpoint
CREATE UNIQUE INDEX "decision_once" ON "decision" USING btree ("request_id","revision","decider_id") WHERE "decision"."verdict" <> 'break_glass';--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_for_another" CHECK ("decision"."on_behalf_of" is null or ("decision"."on_behalf_of" <> "decision"."requested_by" and "decision"."on_behalf_of" <> "decision"."decider_id"));--> statement-breakpoint
-- What is in the log stays as it is, with two exceptions that are rows of the log themselves: rows before
-- a recorded purge go, and the facts of a customer whose erasure is recorded. See db/audit-guards.ts.
DROP TRIGGER "audit_event_no_change" ON "audit_event";
--> statement-breakpoint
CREATE TRIGGER "audit_event_no_change" BEFORE TRUNCATE ON "audit_event"
FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_refuse"();
--> statement-breakpoint
CREATE FUNCTION "audit_event_keep"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.customer_id IS NULL AND NEW.ticket IS NULL AND NEW.detail IS NULL
    AND (NEW.seq, NEW.id, NEW.at, NEW.kind, NEW.actor_id, NEW.subject, NEW.request_id)
      IS NOT DISTINCT FROM
      (OLD.seq, OLD.id, OLD.at, OLD.kind, OLD.actor_id, OLD.subject, OLD.request_id)
    AND (NEW.token, NEW.sealed, NEW.prev_hash, NEW.hash)
      IS NOT DISTINCT FROM (OLD.token, OLD.sealed, OLD.prev_hash, OLD.hash)
    AND EXISTS (SELECT 1 FROM audit_event AS erased
      WHERE erased.kind = 'audit.erased' AND erased.subject = 'token:' || OLD.token) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is never changed';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_event_no_update" BEFORE UPDATE ON "audit_event"
FOR EACH ROW EXECUTE FUNCTION "audit_event_keep"();
--> statement-breakpoint
CREATE FUNCTION "audit_event_hold"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_event AS purged
    WHERE purged.kind = 'audit.purged'
      AND substr(purged.subject, 5)::bigint BETWEEN OLD.seq AND purged.seq - 1) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is never changed';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_event_no_delete" BEFORE DELETE ON "audit_event"
FOR EACH ROW EXECUTE FUNCTION "audit_event_hold"();
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER "audit_event_no_change";
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER "audit_event_no_update";
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER "audit_event_no_delete";
