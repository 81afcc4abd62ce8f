-- The audit log is appended to and nothing else. db/audit-guards.ts knows these by heart and looks for
-- them whenever the database is opened.
DROP TABLE `audit_event_unchained`;
--> statement-breakpoint
CREATE TRIGGER `audit_event_no_update` BEFORE UPDATE ON `audit_event` BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_event_no_delete` BEFORE DELETE ON `audit_event` BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_event_in_order` BEFORE INSERT ON `audit_event`
WHEN new.`seq` IS NOT coalesce((SELECT max(`seq`) FROM `audit_event`), 0) + 1
  OR new.`prev_hash` IS NOT coalesce(
    (SELECT `hash` FROM `audit_event` ORDER BY `seq` DESC LIMIT 1), printf('%064d', 0))
BEGIN
  SELECT RAISE(ABORT, 'a row of the audit log must follow on the last one');
END;
