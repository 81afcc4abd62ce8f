import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { CustomerMail } from '#app/domain/requests/customer-mail.ts';
import { stoodAt } from '#app/domain/requests/as-of.ts';
import { isSettled, STATE_WORDS } from '#app/domain/requests/life.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { byRequest } from '#app/services/money/by-request.ts';
import { toRequestLine } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import { whyNotWithdraw } from '#app/services/money/why-not.ts';
import { decisionsOfRequests } from '#db/queries/decisions.ts';
import { mailsOfRequests } from '#db/queries/mail.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { requestIdsOfCustomer, requestsByIds } from '#db/queries/customer-requests.ts';
import { eventsOfRequests } from '#db/queries/requests.ts';
import { LAST_INSTANT } from '#app/services/row-places.ts';
import { listStaff } from '#db/queries/staff.ts';
import type { Read } from '#db/store.ts';

/** What the customer was told of a request. */
export type MailLine = Pick<
  CustomerMail,
  | ('id' | 'kind' | 'address' | 'subject' | 'body' | 'sentAt' | 'error')
  | ('heldAt' | 'heldReason' | 'closedAt' | 'closedReason')
>;
export type CustomerRequest = RequestLine & {
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

const PAST = 'This is the past: nothing can be changed in it.';
const SHOWN_FOR = 30 * DAY;
const MOST = 40;

/**
 * What has been asked for a customer; one look at an index where nothing has. With `asOf`: as it stood
 * then, by its history alone.
 */
export async function customerRequests(
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
    open: lines.filter(({ state }) => !isSettled(state)),
    settled: lines
      .filter(({ state }) => isSettled(state))
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
  const decisions = byRequest(await decisionsOfRequests(read, ids));
  const steps = byRequest(await operationsOf(read, ids));
  const mails = byRequest(await mailsOfRequests(read, ids));
  const nameOf = await namesOf(read);
  return (await requestsByIds(read, ids)).map((request) => {
    const [decided, taken] = [decisions.get(request.id) ?? [], steps.get(request.id) ?? []];
    return {
      ...toRequestLine(request, decided, taken, nameOf, at),
      whyNotWithdraw: whyNotWithdraw(request, actor, at),
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
  const events = byRequest(await eventsOfRequests(read, ids));
  const mails = byRequest(await mailsOfRequests(read, ids));
  const nameOf = await namesOf(read);
  return (await requestsByIds(read, ids)).flatMap((request) => {
    const stood = stoodAt(events.get(request.id) ?? [], asOf);
    if (stood === null || (isSettled(stood.state) && stood.changedAt < since)) return [];
    const { content, ...state } = stood;
    const words = STATE_WORDS[stood.state];
    const sent = (mails.get(request.id) ?? []).filter(({ sentAt }) => (sentAt ?? Infinity) <= asOf);
    return {
      ...toRequestLine(
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
