import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { MailKind } from '#app/domain/requests/customer-mail.ts';
import { isSettled } from '#app/domain/requests/life.ts';
import type { Deps } from '#app/services/deps.ts';
import { byRequest } from '#app/services/money/by-request.ts';
import { toRequestLine } from '#app/services/money/request-line.ts';
import type { RequestLine } from '#app/services/money/request-line.ts';
import { decisionsOfRequests } from '#db/queries/decisions.ts';
import { mailsOfRequests } from '#db/queries/mail.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { requestIdsOfCustomer, requestsByIds } from '#db/queries/customer-requests.ts';
import { listStaff } from '#db/queries/staff.ts';

/** What the customer was told of a request. */
export interface MailLine {
  kind: MailKind;
  address: string;
  /** Null: it is still to be sent. */
  sentAt: Instant | null;
}
export type CustomerRequest = RequestLine & { mails: MailLine[] };

export interface CustomerRequests {
  /** Not settled, oldest first: for everybody who opens the page. */
  open: CustomerRequest[];
  /** Settled within the last 30 days, the latest change first. */
  settled: CustomerRequest[];
}

const SHOWN_FOR = 30 * DAY;
const MOST = 40;

/** What has been asked for a customer; one look at an index where nothing has. */
export async function customerRequests(
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
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
      mails: (mails.get(request.id) ?? []).map(({ kind, address, sentAt }) => ({
        ...{ kind, address, sentAt },
      })),
    };
  });
  return {
    open: lines.filter(({ state }) => !isSettled(state)),
    settled: lines
      .filter(({ state }) => isSettled(state))
      .toSorted((a, b) => b.changedAt - a.changedAt),
  };
}
