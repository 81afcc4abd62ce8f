import type {
  Customer,
  Generation,
  Invoice,
  LedgerEntry,
  Member,
  Payment,
  Refund,
  SetupAttempt,
  Subscription,
} from '#app/domain/book/records.ts';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { CARDS } from '#scripts/demo-book/catalogue.ts';
import type { Currency } from '#scripts/demo-book/catalogue.ts';
import { personName, slug } from '#scripts/demo-book/names.ts';
import type { Named } from '#scripts/demo-book/names.ts';
import { createRandom } from '#scripts/demo-book/random.ts';
import type { Random } from '#scripts/demo-book/random.ts';
import type { Region } from '#scripts/demo-book/regions.ts';

type Card = Pick<Payment, 'cardBrand' | 'cardLast4' | 'cardFingerprint'>;

/** One customer's records while they are being made. */
export interface Account {
  random: Random;
  now: Instant;
  id: string;
  region: Region;
  currency: Currency;
  /** null: only other records mention the id. */
  customer: Customer | null;
  members: Member[];
  subscriptions: Subscription[];
  payments: Payment[];
  refunds: Refund[];
  invoices: Invoice[];
  entries: LedgerEntry[];
  generations: Generation[];
  setupAttempts: SetupAttempt[];
  card: Card;
  invoicePrefix: string;
  taxId: string | null;
  /** Credits from before the first entry. */
  opening: number;
  /** By how much the product's figure is wrong; 0 for everyone it serves well. */
  reportedOff: number;
  /** The kept balance goes wrong by so much at the entry with this id. */
  gap: { entryId: string; credits: number } | null;
}

export interface AccountSpec {
  seed: string;
  now: Instant;
  id: string;
  named: Named;
  region: Region;
  createdAt: Instant;
  members: number;
}

const newCard = (random: Random): Card => ({
  cardBrand: random.weighted(CARDS).brand,
  cardLast4: String(random.int(0, 9999)).padStart(4, '0'),
  cardFingerprint: random.token(16),
});

const newMember = (account: Account, domain: string): Member => {
  const person = personName(account.random, account.region);
  return {
    id: `mem_${account.random.token(10)}`,
    customerId: account.id,
    name: person.name,
    // Addresses under `.example` can never reach anyone.
    email: `${person.latin}@${domain}.example`,
  };
};

/** Starts an account with its customer, members and card; the books are still empty. */
export const openAccount = (spec: AccountSpec): Account => {
  const random = createRandom(`${spec.seed}/${spec.id}`);
  const domain = slug(spec.named.latin).slice(0, 40) || 'studio';
  const account: Account = {
    random,
    now: spec.now,
    id: spec.id,
    region: spec.region,
    currency: spec.region.currency,
    customer: null,
    members: [],
    subscriptions: [],
    payments: [],
    refunds: [],
    invoices: [],
    entries: [],
    generations: [],
    setupAttempts: [],
    card: newCard(random),
    invoicePrefix: random.token(8).toUpperCase(),
    taxId:
      spec.region.taxPrefix === null
        ? null
        : `${spec.region.taxPrefix}${random.int(100_000_000, 999_999_999)}`,
    opening: 0,
    reportedOff: 0,
    gap: null,
  };
  for (let made = 0; made < spec.members; made += 1) {
    const member = newMember(account, domain);
    if (account.members.every((other) => other.email !== member.email)) {
      account.members.push(member);
    }
  }
  account.customer = {
    id: spec.id,
    name: spec.named.name,
    email: `billing@${domain}.example`,
    stripeCustomerId: `cus_${random.token(14)}`,
    createdAt: spec.createdAt,
    timeZone: spec.region.zone,
    reportedBalance: null,
    // The product exports its balances every few minutes.
    reportedBalanceAt: spec.now - 4 * MINUTE - random.int(0, 50) * SECOND,
    generationHold: null,
  };
  return account;
};

/** Raises what was brought along until the balance never falls below zero. */
export const coverDips = (account: Account): void => {
  account.entries.sort(byTime);
  let running = account.opening;
  let lowest = 0;
  for (const { credits } of account.entries) {
    running += credits;
    lowest = Math.min(lowest, running);
  }
  account.opening -= lowest;
};

const byTime = (a: LedgerEntry, b: LedgerEntry): number =>
  a.occurredAt - b.occurredAt || a.sequence - b.sequence || (a.id < b.id ? -1 : 1);

/** Credits by the ledger up to and including `at`. */
export const balanceAt = (account: Account, at: Instant): number =>
  account.entries.reduce(
    (sum, entry) => (entry.occurredAt <= at ? sum + entry.credits : sum),
    account.opening,
  );

/** Orders the ledger, writes each entry's running balance and what the product shows the customer. */
export const closeBooks = (account: Account): void => {
  account.entries.sort(byTime);
  // A balance that no entry shows was never brought along.
  if (account.entries.length === 0) account.opening = 0;
  let running = account.opening;
  for (const entry of account.entries) {
    running += entry.credits;
    if (entry.id === account.gap?.entryId) running += account.gap.credits;
    entry.balanceAfter = running;
  }
  const at = account.customer?.reportedBalanceAt ?? null;
  if (account.customer !== null && at !== null) {
    account.customer.reportedBalance = balanceAt(account, at) + account.reportedOff;
  }
};
