ALTER TABLE "drift_check" ADD COLUMN "form_key" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "delegation" ADD COLUMN "form_key" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "form_key" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "drift_check_form_key" ON "drift_check" USING btree ("asked_by","form_key");--> statement-breakpoint
CREATE UNIQUE INDEX "delegation_form_key" ON "delegation" USING btree ("delegator_id","form_key");--> statement-breakpoint
CREATE UNIQUE INDEX "request_form_key" ON "request" USING btree ("requested_by","form_key");