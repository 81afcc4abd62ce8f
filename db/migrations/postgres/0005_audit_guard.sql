-- The audit log is appended to and nothing else. db/audit-guards.ts knows these by heart and looks for
-- them whenever the database is opened.
DROP TABLE "audit_event_unchained";
--> statement-breakpoint
CREATE FUNCTION "audit_event_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is never changed';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_event_no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
FOR EACH STATEMENT EXECUTE FUNCTION "audit_event_refuse"();
--> statement-breakpoint
CREATE FUNCTION "audit_event_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT seq, hash INTO last FROM audit_event ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq, 0) + 1
    OR NEW.prev_hash <> coalesce(last.hash, repeat('0', 64)) THEN
    RAISE EXCEPTION 'a row of the audit log must follow on the last one';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_event_in_order" BEFORE INSERT ON "audit_event"
FOR EACH ROW EXECUTE FUNCTION "audit_event_follow"();
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER "audit_event_no_change";
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER "audit_event_in_order";
