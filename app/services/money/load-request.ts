import { clipOrNull } from '#app/domain/clip-text.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { CustomerMail } from '#app/domain/requests/customer-mail.ts';
import type { Decision } from '#app/domain/requests/history.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { chargeDifferences } from '#app/domain/requests/refund-guards.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { sayRequestEvent, sayStep } from '#app/domain/requests/request-words.ts';
import type { Shortage } from '#app/domain/requests/shortage.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import type { Facts } from '#app/domain/rules/rule.ts';
import { rightToDecide } from '#app/services/money/decision-right.ts';
import { glassOf } from '#app/services/money/glass-right.ts';
import type { Glass } from '#app/services/money/glass-right.ts';
import { toRequestLine, whyNotDecide } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { staffShortageNow } from '#app/services/money/staff-shortage.ts';
import { survey } from '#app/services/money/survey.ts';
import { creditDifferences } from '#app/services/money/take-approval.ts';
import { weighRemedy } from '#app/services/money/weigh-remedy.ts';
import { whyNotEdit, whyNotWithdraw } from '#app/services/money/why-not.ts';
import { findCustomerRecord } from '#db/queries/customer-records.ts';
import { decisionsOf } from '#db/queries/decisions.ts';
import { mailsOfRequest } from '#db/queries/mail.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { eventsOfRequest, findRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { listStaff } from '#db/queries/staff.ts';

export interface RequestSheet {
  now: Instant;
  line: RequestLine;
  customerName: string | null;
  content: RequestContent;
  /** What the policy said when it was asked for. */
  verdict: string;
  /** While it waits for a decision: the guards as they are at this moment, and the balance. */
  weighed: Weighed | null;
  /** What is different at Stripe from when it was asked for, and of the credits to take back. */
  differences: string[];
  /** What this person's yes is worth; null: nothing. */
  yes: 'approve' | 'vouch' | null;
  /** Null: this person may; else why not. */
  whyNot: { decide: string | null; edit: string | null; withdraw: string | null };
  /** How many people must approve, and whether a lead must vouch as well. */
  needs: { approvals: number; word: boolean };
  /** `forName`: whose right it was, where it was lent. */
  decisions: (Decision & { name: string | null; forName: string | null })[];
  /** Whether those who are there can decide it; null: more than enough can, or it waits for nobody. */
  shortage: Shortage | null;
  /** Null: it cannot be broken now, or not by this person's role. */
  glass: Glass | null;
  operations: (Operation & { says: string })[];
  mails: CustomerMail[];
  /** Oldest first. */
  history: {
    id: string;
    at: Instant;
    says: string;
    /** Null: the program did it. */
    actorName: string | null;
    ticket: string | null;
  }[];
}

/** All of one request, its guards checked anew where it waits for a decision; null: there is none. */
export async function loadRequest(
  app: StaffMoneyDeps,
  requestId: string,
): Promise<RequestSheet | null> {
  const { read } = app.store;
  const request = await findRequest(read, requestId);
  if (request === null) return null;
  const names = new Map((await listStaff(read)).map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (names.get(id) ?? null);
  const decisions = await decisionsOf(read, requestId);
  const steps = await operationsOf(read, [requestId]);
  const now = app.now();
  const right = await rightToDecide(read, app.actor, request, now);
  const weighed = await weighedNow(app, request);
  const shortage = await staffShortageNow(read, request, now);
  const customer = await findCustomerRecord(read, request.customerId);
  return {
    now,
    line: toRequestLine(request, decisions, steps, nameOf, now),
    customerName: clipOrNull(customer?.name ?? null),
    content: request.content,
    verdict: request.verdict,
    weighed,
    differences: weighed === null ? [] : differencesNow(request, weighed),
    yes: right.kind === 'yes' ? right.yes : null,
    whyNot: {
      decide: whyNotDecide(request, right, now),
      edit: whyNotEdit(request, app.actor, now),
      withdraw: whyNotWithdraw(request, app.actor, now),
    },
    needs: { approvals: request.neededApprovals, word: request.needsWord },
    decisions: decisions.map((one) => ({
      ...one,
      name: nameOf(one.deciderId),
      forName: nameOf(one.onBehalfOf),
    })),
    ...{ shortage, glass: await glassOf(read, app.actor, request, { shortage, now }) },
    operations: steps.map((step) => ({ ...step, says: sayStep(step) })),
    mails: await mailsOfRequest(read, requestId),
    history: (await eventsOfRequest(read, requestId)).map((event) => ({
      ...{ id: event.id, at: event.at, ticket: event.ticket },
      says: sayRequestEvent(event) + onBehalf(event.detail, nameOf),
      actorName: nameOf(event.actorId),
    })),
  };
}

/** What would keep a yes to what was asked from being taken as it was asked, in words. */
const differencesNow = (request: StoredRequest, weighed: Weighed): string[] => [
  ...(request.seen && weighed.seen ? chargeDifferences(request.seen, weighed.seen) : []),
  ...creditDifferences(request, weighed),
];

/** `, for Ada Finance` where the right to decide was lent. */
const onBehalf = (detail: Facts | null, nameOf: (id: string) => string | null): string => {
  const id = detail?.['onBehalfOf'];
  return typeof id === 'string' ? `, for ${nameOf(id) ?? id}` : '';
};

async function weighedNow(app: StaffMoneyDeps, request: StoredRequest): Promise<Weighed | null> {
  if (request.state !== 'requested') return null;
  const surveyed = await survey(app, request.content);
  const answer = await weighRemedy(app.store.read, request.content, surveyed, {
    requestedBy: request.requestedBy,
    askerRole: app.actor.role,
    exceptId: request.id,
  });
  return answer.ok ? answer.weighed : null;
}
