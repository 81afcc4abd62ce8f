import { DAY, LAST_INSTANT } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import { stoodAt } from '#app/domain/requests/as-of.ts';
import { STATE_LABELS, isClosed } from '#app/domain/requests/state-machine.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { groupByRequest } from '#app/lib/group-by.ts';
import {
  toRequestSummary,
  withdrawDisabledReason,
} from '#app/services/requests/views/request-summary.ts';
import type { RequestSummary } from '#app/services/requests/views/request-summary.ts';
import { decisionsOfRequests } from '#db/queries/requests/decisions.ts';
import { mailsOfRequests } from '#db/queries/operations/mail.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { requestIdsOfCustomer, requestsByIds } from '#db/queries/customers/customer-requests.ts';
import { eventsOfRequests } from '#db/queries/requests/requests.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import type { Read } from '#db/store.ts';
/** What the customer was told of a request. */
export type MailLine = Pick<
  CustomerMail,
  | ('id' | 'kind' | 'address' | 'subject' | 'body' | 'sentAt' | 'error')
  | ('heldAt' | 'heldReason' | 'closedAt' | 'closedReason')
>;
export type CustomerRequest = RequestSummary & {
  mails: MailLine[];
  /** Null: this person may take it back; else why not. */
  whyNotWithdraw: string | null;
};

export interface CustomerRequests {
  /** Not settled, oldest first: for everybody who opens the page. */
  open: CustomerRequest[];
  /** Settled within the last 30 days, the latest change first. */
  settled: CustomerRequest[];
}

const toMailLine = (mail: CustomerMail): MailLine => {
  const { id, kind, address, subject, body, sentAt, error } = mail;
  const { heldAt, heldReason, closedAt, closedReason } = mail;
  return {
    ...{ id, kind, address, subject, body, sentAt, error },
    ...{ heldAt, heldReason, closedAt, closedReason },
  };
};

const PAST = 'You’re viewing the past. Nothing can be changed.';
const SHOWN_FOR = 30 * DAY;
const MOST = 40;

/**
 * What has been asked for a customer; one look at an index where nothing has. With `asOf`: as it stood
 * then, by its history alone.
 */
export async function loadCustomerRequests(
  app: Pick<StaffDeps, 'store' | 'now' | 'actor'>,
  customerId: string,
  asOf: Instant | null,
): Promise<CustomerRequests> {
  const { read } = app.store;
  const at = asOf ?? app.now();
  const found = await requestIdsOfCustomer(read, {
    ...{ customerId, since: at - SHOWN_FOR, until: asOf ?? LAST_INSTANT, most: MOST },
  });
  if (found.length === 0) return { open: [], settled: [] };
  const ids = found.map(({ id }) => id);
  const lines =
    asOf === null
      ? await linesNow(app, ids)
      : await linesThen(read, ids, { asOf, since: at - SHOWN_FOR });
  return {
    open: lines.filter(({ state }) => !isClosed(state)),
    settled: lines
      .filter(({ state }) => isClosed(state))
      .toSorted((a, b) => b.changedAt - a.changedAt),
  };
}

type Names = (id: string) => string | null;
const namesOf = async (read: Read): Promise<Names> => {
  const names = new Map((await listStaff(read)).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? null;
};

async function linesNow(
  { store: { read }, now, actor }: Pick<StaffDeps, 'store' | 'now' | 'actor'>,
  ids: readonly string[],
): Promise<CustomerRequest[]> {
  const at = now();
  const decisions = groupByRequest(await decisionsOfRequests(read, ids));
  const steps = groupByRequest(await operationsOf(read, ids));
  const mails = groupByRequest(await mailsOfRequests(read, ids));
  const nameOf = await namesOf(read);
  return (await requestsByIds(read, ids)).map((request) => {
    const [decided, taken] = [decisions.get(request.id) ?? [], steps.get(request.id) ?? []];
    return {
      ...toRequestSummary(request, decided, taken, nameOf, at),
      whyNotWithdraw: withdrawDisabledReason(request, actor, at),
      mails: (mails.get(request.id) ?? []).map(toMailLine),
    };
  });
}

/** As they stood: no decision, step or mail of later, and nothing that could be done about them. */
async function linesThen(
  read: Read,
  ids: readonly string[],
  { asOf, since }: { asOf: Instant; since: Instant },
): Promise<CustomerRequest[]> {
  const events = groupByRequest(await eventsOfRequests(read, ids));
  const mails = groupByRequest(await mailsOfRequests(read, ids));
  const nameOf = await namesOf(read);
  return (await requestsByIds(read, ids)).flatMap((request) => {
    const stood = stoodAt(events.get(request.id) ?? [], asOf);
    if (stood === null || (isClosed(stood.state) && stood.changedAt < since)) return [];
    const { content, ...state } = stood;
    const words = STATE_LABELS[stood.state];
    const sent = (mails.get(request.id) ?? []).filter(({ sentAt }) => (sentAt ?? Infinity) <= asOf);
    return {
      ...toRequestSummary(
        { ...request, ...state, content: content ?? request.content },
        [],
        [],
        nameOf,
        asOf,
      ),
      ...{ waitsFor: words.charAt(0).toUpperCase() + words.slice(1), whyNotWithdraw: PAST },
      mails: sent.map(toMailLine),
    };
  });
}
