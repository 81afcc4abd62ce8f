CREATE TABLE "decision" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"content_hash" text COLLATE "C" NOT NULL,
	"decider_id" text COLLATE "C" NOT NULL,
	"requested_by" text COLLATE "C" NOT NULL,
	"verdict" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"at" timestamp (3) with time zone NOT NULL,
	"voided_at" timestamp (3) with time zone,
	CONSTRAINT "decision_by_another" CHECK ("decision"."decider_id" <> "decision"."requested_by")
);
--> statement-breakpoint
CREATE TABLE "mail" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"attempts" bigint NOT NULL,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp (3) with time zone,
	"error" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "operation" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"ordinal" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"payment_id" text COLLATE "C",
	"amount" bigint,
	"currency" text COLLATE "C",
	"credits" bigint,
	"idempotency_key" text COLLATE "C" NOT NULL,
	"attempt" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"first_sent_at" timestamp (3) with time zone,
	"last_sent_at" timestamp (3) with time zone,
	"next_try_at" timestamp (3) with time zone NOT NULL,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp (3) with time zone,
	"empty_read_backs" bigint NOT NULL,
	"last_read_back_at" timestamp (3) with time zone,
	"external_id" text COLLATE "C",
	"external_status" text COLLATE "C",
	"bank_reference" text COLLATE "C",
	"error" text COLLATE "C",
	"outcome" text COLLATE "C",
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operation_refund_whole" CHECK ("operation"."kind" <> 'stripe_refund' or ("operation"."amount" is not null and "operation"."amount" > 0 and "operation"."currency" is not null and "operation"."payment_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "request" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text COLLATE "C" NOT NULL,
	"payment_id" text COLLATE "C",
	"generation_id" text COLLATE "C",
	"amount" bigint,
	"currency" text COLLATE "C",
	"credits" bigint,
	"ground" text COLLATE "C",
	"flag_id" text COLLATE "C",
	"requested_by" text COLLATE "C" NOT NULL,
	"touched_by" jsonb NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"needed_approvals" bigint NOT NULL,
	"decider_permission" text COLLATE "C",
	"approved_at" timestamp (3) with time zone,
	"seen" jsonb,
	"needs_word" boolean NOT NULL,
	"verdict" text COLLATE "C" NOT NULL,
	"state_reason" text COLLATE "C",
	"ticket" text COLLATE "C",
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "request_asker" UNIQUE("id","requested_by"),
	CONSTRAINT "request_refund_whole" CHECK ("request"."kind" <> 'refund' or ("request"."amount" is not null and "request"."amount" > 0 and "request"."currency" is not null and "request"."payment_id" is not null and "request"."ground" is not null)),
	CONSTRAINT "request_adjustment_whole" CHECK ("request"."kind" <> 'credit_adjustment' or ("request"."credits" is not null and "request"."credits" <> 0)),
	CONSTRAINT "request_refund_decided" CHECK ("request"."kind" <> 'refund' or "request"."needed_approvals" > 0)
);
--> statement-breakpoint
CREATE TABLE "request_event" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"actor_id" text COLLATE "C",
	"reason" text COLLATE "C",
	"ticket" text COLLATE "C",
	"revision" bigint NOT NULL,
	"content" jsonb,
	"content_hash" text COLLATE "C",
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "stripe_event" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"object_id" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_of_request" FOREIGN KEY ("request_id","requested_by") REFERENCES "public"."request"("id","requested_by") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail" ADD CONSTRAINT "mail_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation" ADD CONSTRAINT "operation_request_id_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "decision_once" ON "decision" USING btree ("request_id","revision","decider_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mail_once" ON "mail" USING btree ("request_id","kind");--> statement-breakpoint
CREATE INDEX "mail_due" ON "mail" USING btree ("next_try_at","id") WHERE "mail"."sent_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "operation_key" ON "operation" USING btree ("idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_step" ON "operation" USING btree ("request_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_external" ON "operation" USING btree ("kind","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_sending_refund" ON "operation" USING btree ("payment_id") WHERE "operation"."state" = 'sending' and "operation"."kind" = 'stripe_refund';--> statement-breakpoint
CREATE INDEX "operation_due" ON "operation" USING btree ("next_try_at","id") WHERE "operation"."state" in ('ready', 'sending');--> statement-breakpoint
CREATE INDEX "operation_payment" ON "operation" USING btree ("payment_id","state");--> statement-breakpoint
CREATE INDEX "operation_external_status" ON "operation" USING btree ("external_status","changed_at");--> statement-breakpoint
CREATE INDEX "operation_state" ON "operation" USING btree ("state","changed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "request_open_payment" ON "request" USING btree ("payment_id","ground") WHERE "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE UNIQUE INDEX "request_open_generation" ON "request" USING btree ("generation_id","ground") WHERE "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE UNIQUE INDEX "request_open_flag" ON "request" USING btree ("flag_id") WHERE "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE UNIQUE INDEX "request_open_hold" ON "request" USING btree ("customer_id") WHERE "request"."kind" = 'generation_hold' and "request"."state" in ('requested', 'sent_back', 'approved', 'sending', 'needs_review');--> statement-breakpoint
CREATE INDEX "request_customer" ON "request" USING btree ("customer_id","requested_at");--> statement-breakpoint
CREATE INDEX "request_payment" ON "request" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "request_asked_by" ON "request" USING btree ("requested_by","requested_at");--> statement-breakpoint
CREATE INDEX "request_approved" ON "request" USING btree ("customer_id","approved_at");--> statement-breakpoint
CREATE INDEX "request_queue" ON "request" USING btree ("state","requested_at","id");--> statement-breakpoint
CREATE INDEX "request_expires" ON "request" USING btree ("expires_at") WHERE "request"."state" in ('requested', 'sent_back');--> statement-breakpoint
CREATE INDEX "request_event_request" ON "request_event" USING btree ("request_id","at","id");--> statement-breakpoint
CREATE INDEX "stripe_event_object" ON "stripe_event" USING btree ("object_id","created_at");