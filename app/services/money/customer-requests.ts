import { DAY } from '#app/domain/instant.ts';
import type { CustomerMail } from '#app/domain/requests/customer-mail.ts';
import { isSettled } from '#app/domain/requests/life.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { byRequest } from '#app/services/money/by-request.ts';
import { toRequestLine } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import { whyNotWithdraw } from '#app/services/money/why-not.ts';
import { decisionsOfRequests } from '#db/queries/decisions.ts';
import { mailsOfRequests } from '#db/queries/mail.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { requestIdsOfCustomer, requestsByIds } from '#db/queries/customer-requests.ts';
import { listStaff } from '#db/queries/staff.ts';

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

const SHOWN_FOR = 30 * DAY;
const MOST = 40;

/** What has been asked for a customer; one look at an index where nothing has. */
export async function customerRequests(
  { store: { read }, now, actor }: Pick<StaffDeps, 'store' | 'now' | 'actor'>,
  customerId: string,
): Promise<CustomerRequests> {
  const at = now();
  const found = await requestIdsOfCustomer(read, { customerId, since: at - SHOWN_FOR, most: MOST });
  if (found.length === 0) return { open: [], settled: [] };
  const ids = found.map(({ id }) => id);
  const decisions = byRequest(await decisionsOfRequests(read, ids));
  const steps = byRequest(await operationsOf(read, ids));
  const mails = byRequest(await mailsOfRequests(read, ids));
  const names = new Map((await listStaff(read)).map(({ id, name }) => [id, name]));
  const lines = (await requestsByIds(read, ids)).map((request): CustomerRequest => {
    const nameOf = (id: string): string | null => names.get(id) ?? null;
    const [decided, taken] = [decisions.get(request.id) ?? [], steps.get(request.id) ?? []];
    return {
      ...toRequestLine(request, decided, taken, nameOf, at),
      whyNotWithdraw: whyNotWithdraw(request, actor, at),
      mails: (mails.get(request.id) ?? []).map(toMailLine),
    };
  });
  return {
    open: lines.filter(({ state }) => !isSettled(state)),
    settled: lines
      .filter(({ state }) => isSettled(state))
      .toSorted((a, b) => b.changedAt - a.changedAt),
  };
}
