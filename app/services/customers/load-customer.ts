import { clipOrNull, clipText } from '#app/lib/clip-text.ts';
import type { StreamsKnown } from '#app/domain/book/book.ts';
import { STREAMS } from '#app/domain/book/records.ts';
import type { Customer } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { balanceDays, balanceLine } from '#app/services/customers/load-balance.ts';
import { loadAccount } from '#app/services/customers/load-account.ts';
import type { CustomerAccount } from '#app/services/customers/load-account.ts';
import {
  loadFoundFlags,
  loadStoredFlags,
  loadPastFlags,
} from '#app/services/customers/load-customer-flags.ts';
import type { ShownFlags } from '#app/services/customers/load-customer-flags.ts';
import { firstRows } from '#app/services/customers/load-tables.ts';
import type {
  CustomerPageData,
  Period,
  StreamLine,
  SubscriptionLine,
} from '#app/services/customers/customer-page-data.ts';
import { may } from '#app/domain/access/roles.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { LARGE } from '#app/services/sweep/large-book.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import { customerHead, subscriptionsOfCustomer } from '#db/queries/customers/customer-page.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import { othersFirst } from '#app/lib/event-loop.ts';
import type { Read } from '#db/store.ts';

export interface CustomerQuery {
  customerId: string;
  /** Show the account as it was then; null: as it is now. */
  asOf: Instant | null;
  /** Rows of this time only. */
  period: Period | null;
  /** How many days the balance is drawn for. */
  days: number;
}

type Parts<T extends readonly unknown[]> = { [K in keyof T]: () => Promise<T[K]> };

/** None of these waits for another: on a database across a network they are under way at once. */
const together = <T extends readonly unknown[]>(parts: Parts<T>): Promise<T> =>
  // One answer for each part, in their order.
  Promise.all(parts.map((part) => part())) as unknown as Promise<T>;

/** Of a large account that was judged anew, which has taken long already: others first, before each part. */
const oneByOne = async <T extends readonly unknown[]>(parts: Parts<T>): Promise<T> => {
  const answers: unknown[] = [];
  for (const part of parts) {
    await othersFirst();
    answers.push(await part());
  }
  await othersFirst();
  // As above.
  return answers as unknown as T;
};

/** Everything that the page of a customer shows at first; null where no record mentions the id. */
export async function loadCustomer(
  { store, now: clock, actor }: Pick<StaffDeps, 'store' | 'now' | 'actor'>,
  ask: CustomerQuery,
): Promise<CustomerPageData | null> {
  const { read } = store;
  const { customerId, asOf, period } = ask;
  const now = clock();
  const at = asOf ?? now;
  const world = await loadCachedRuleContext(read);
  const account = await loadAccount(store, customerId, world, now, asOf);
  if (account === null) return null;
  const wasLong = account.findings !== null && account.entries + account.generations >= LARGE;
  const inTurns = wasLong ? oneByOne : together;
  const [head, subscriptions, flags, staff, rows] = await inTurns([
    () => headAndBalance(read, customerId, account, { at, asOf, world }),
    () => subscriptionsOfCustomer(read, { customerId }),
    async () => shownFlags(read, customerId, account, now, asOf),
    async () => (asOf === null && may(actor.role, 'flags.assign') ? assignees(read) : []),
    () => firstRows(read, customerId, { account, policies: world.policies, at, period }),
  ]);
  return {
    id: customerId,
    at,
    asOf,
    ...head,
    subscriptions: subscriptions.map((line) => toSubscriptionLine(line, asOf)),
    streams: streamLines(world.streams, account, asOf),
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
  shown: { at: Instant; asOf: Instant | null; world: RuleContext },
): Promise<Pick<CustomerPageData, 'customer' | 'balance'>> {
  const [head] = await customerHead(read, { customerId });
  const customer = head !== undefined && head.createdAt <= shown.at ? head : null;
  const balance = await balanceLine(read, customerId, customer, account, shown);
  const { asOf } = shown;
  return { customer: customer && headOf(customer, asOf), balance };
}

/** Who can be given a flag. */
const assignees = async (read: Read): Promise<CustomerPageData['assignees']> =>
  (await listStaff(read))
    .filter(({ role, disabledAt }) => disabledAt === null && may(role, 'flags.dismiss-low'))
    .map(({ id, name }) => ({ id, name }));

/** Since when a hold is set nobody has kept: of the past it says nothing. */
const headOf = (
  { reportedBalance: _credits, reportedBalanceAt: _at, ...head }: Omit<Customer, 'id'>,
  asOf: Instant | null,
) => ({
  ...head,
  name: clipText(head.name),
  email: clipText(head.email),
  timeZone: clipOrNull(head.timeZone),
  generationHold: asOf === null ? head.generationHold : null,
});

function shownFlags(
  read: Read,
  customerId: string,
  { findings }: CustomerAccount,
  now: Instant,
  asOf: Instant | null,
): ShownFlags | Promise<ShownFlags> {
  if (findings === null) return loadStoredFlags(read, customerId, now);
  if (asOf !== null) return loadPastFlags(findings, asOf);
  return loadFoundFlags(read, customerId, findings, now);
}

/** Of the past only the plan is told: what it costs, when it renews and how it ends is today's. */
const toSubscriptionLine = (
  {
    cancelAt,
    endedAt,
    ...line
  }: Omit<SubscriptionLine, 'endsAt'> & { cancelAt: Instant | null; endedAt: Instant | null },
  asOf: Instant | null,
): SubscriptionLine => ({
  ...line,
  plan: clipText(line.plan),
  endsAt: asOf !== null && (endedAt ?? cancelAt ?? 0) > asOf ? null : (endedAt ?? cancelAt),
});

function streamLines(
  streams: StreamsKnown,
  account: CustomerAccount,
  asOf: Instant | null,
): StreamLine[] {
  return STREAMS.map((id) => {
    const through = streams[id];
    const waits = { ledger: account.waitsForLedger, invoices: account.waitsForInvoices };
    return {
      id,
      known: through === null ? 'unknown' : through === Infinity ? 'throughout' : 'through',
      // Of the past no more is told than up to it.
      through: through === Infinity || through === null ? null : Math.min(through, asOf ?? through),
      waitsFor: id === 'ledger' || id === 'invoices' ? waits[id] : null,
    };
  });
}
