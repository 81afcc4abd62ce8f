import type { StreamsKnown } from '#app/domain/book/book.ts';
import { STREAMS } from '#app/domain/book/records.ts';
import type { Customer } from '#app/domain/book/records.ts';
import type { Instant } from '#app/domain/instant.ts';
import { balanceDays, balanceLine } from '#app/services/customer-balance.ts';
import { customerAccount } from '#app/services/customer-account.ts';
import type { CustomerAccount } from '#app/services/customer-account.ts';
import { foundFlags, keptFlags, pastFlags } from '#app/services/customer-flags.ts';
import type { ShownFlags } from '#app/services/customer-flags.ts';
import { firstRows } from '#app/services/customer-regions.ts';
import type {
  CustomerView,
  Period,
  StreamLine,
  SubscriptionLine,
} from '#app/services/customer-view.ts';
import { may } from '#app/domain/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';
import { customerHead, subscriptionsOfCustomer } from '#db/queries/customer-page.ts';
import { listStaff } from '#db/queries/staff.ts';
import type { Read } from '#db/store.ts';

export interface CustomerAsk {
  customerId: string;
  /** Show the account as it was then; null: as it is now. */
  asOf: Instant | null;
  /** Rows of this time only. */
  period: Period | null;
  /** How many days the balance is drawn for. */
  days: number;
}

/** Everything that the page of a customer shows at first; null where no record mentions the id. */
export async function loadCustomer(
  { store, now: clock, actor }: Pick<StaffDeps, 'store' | 'now' | 'actor'>,
  ask: CustomerAsk,
): Promise<CustomerView | null> {
  const { read } = store;
  const { customerId, asOf, period } = ask;
  const now = clock();
  const at = asOf ?? now;
  const world = await readCustomerWorld(read);
  const account = await customerAccount(store, customerId, world, now, asOf);
  if (account === null) return null;
  // None of these waits for another: on a database across a network they are under way at once.
  const [head, subscriptions, flags, staff, rows] = await Promise.all([
    headAndBalance(read, customerId, account, at),
    subscriptionsOfCustomer(read, { customerId }),
    shownFlags(read, customerId, account, now, asOf),
    asOf === null && may(actor.role, 'flags.assign') ? assignees(read) : [],
    firstRows(read, customerId, { account, policies: world.policies, at, period }),
  ]);
  return {
    id: customerId,
    at,
    asOf,
    ...head,
    subscriptions: subscriptions.map(toSubscriptionLine),
    streams: streamLines(world.streams, account),
    ...flags,
    chart: balanceDays(account, at, ask.days),
    unpriced: account.unpriced,
    assignees: staff,
    period,
    ...rows,
  };
}

async function headAndBalance(
  read: Read,
  customerId: string,
  account: CustomerAccount,
  at: Instant,
): Promise<Pick<CustomerView, 'customer' | 'balance'>> {
  const [head] = await customerHead(read, { customerId });
  const customer = head !== undefined && head.createdAt <= at ? head : null;
  const balance = await balanceLine(read, customerId, customer, account, at);
  return { customer: customer && withoutReport(customer), balance };
}

/** Who can be given a flag. */
const assignees = async (read: Read): Promise<CustomerView['assignees']> =>
  (await listStaff(read))
    .filter(({ role, disabledAt }) => disabledAt === null && may(role, 'flags.dismiss-low'))
    .map(({ id, name }) => ({ id, name }));

const withoutReport = ({
  reportedBalance: _credits,
  reportedBalanceAt: _at,
  ...head
}: Omit<Customer, 'id'>) => head;

function shownFlags(
  read: Read,
  customerId: string,
  { findings }: CustomerAccount,
  now: Instant,
  asOf: Instant | null,
): ShownFlags | Promise<ShownFlags> {
  if (findings === null) return keptFlags(read, customerId, now);
  if (asOf !== null) return pastFlags(findings, asOf);
  return foundFlags(read, customerId, findings, now);
}

const toSubscriptionLine = ({
  cancelAt,
  endedAt,
  ...line
}: Omit<SubscriptionLine, 'endsAt'> & {
  cancelAt: Instant | null;
  endedAt: Instant | null;
}): SubscriptionLine => ({ ...line, endsAt: endedAt ?? cancelAt });

function streamLines(streams: StreamsKnown, account: CustomerAccount): StreamLine[] {
  return STREAMS.map((id) => {
    const through = streams[id];
    const waits = { ledger: account.waitsForLedger, invoices: account.waitsForInvoices };
    return {
      id,
      known: through === null ? 'unknown' : through === Infinity ? 'throughout' : 'through',
      through: through === Infinity ? null : through,
      waitsFor: id === 'ledger' || id === 'invoices' ? waits[id] : null,
    };
  });
}
