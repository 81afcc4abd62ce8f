import { inArray, sql } from 'drizzle-orm';
import type { FoundRecord } from '#app/domain/search/result.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import {
  all,
  among,
  amongAll,
  inSlots,
  slots,
  SLOTS,
  spanOf,
  starting,
  withinSpan,
} from '#db/queries/search/search-finders.ts';
import type { Span } from '#db/queries/search/search-finders.ts';
import { searchNames } from '#db/queries/search/name-search.ts';
import { CUSTOMERS, MEMBERS } from '#db/queries/search/search-sources.ts';
import { short } from '#db/dialect/columns.ts';
import { account } from '#db/schema/account.ts';
import { customer, member } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';

const emailOfCustomer = sql`lower(${short(customer.email)})`;
const emailOfMember = sql`lower(${short(member.email)})`;

const withEmail = [among(CUSTOMERS, emailOfCustomer), among(MEMBERS, emailOfMember)];

/** @param email in lower case (A to Z). */
export const peopleWithEmail = (read: Read, email: string): Promise<FoundRecord[]> =>
  all(withEmail.map((find) => find(read, inSlots([email]))));

const MOST = 10;
const nameOrEmailStarting = [
  starting(CUSTOMERS, sql`lower(${short(customer.name)})`, MOST),
  starting(CUSTOMERS, emailOfCustomer, MOST),
  starting(MEMBERS, sql`lower(${short(member.name)})`, MOST),
  starting(MEMBERS, emailOfMember, MOST),
];

/** Customers and members whose name or e-mail begins so. @param prefix in lower case (A to Z). */
export const peopleStarting = (read: Read, prefix: string): Promise<FoundRecord[]> =>
  all(nameOrEmailStarting.map((find) => find(read, spanOf(prefix))));

const namesOf = preparedQuery<Record<string, string>, { id: string; name: string }>((read) =>
  read
    .select({ id: customer.id, name: customer.name })
    .from(customer)
    .where(inArray(customer.id, slots)),
);

/** The names of customers; ids that no customer record has are missing. */
export async function customerNames(
  read: Read,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await amongAll([...new Set(ids)], (some) => namesOf(read, some));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const accountWithId = preparedQuery<Record<string, string>, { customerId: string }>((read) =>
  read
    .select({ customerId: account.customerId })
    .from(account)
    .where(inArray(account.customerId, slots))
    .limit(SLOTS),
);
const accountStarting = preparedQuery<Span, { customerId: string }>((read) =>
  read
    .select({ customerId: account.customerId })
    .from(account)
    .where(withinSpan(account.customerId))
    .orderBy(account.customerId)
    .limit(MOST),
);

/** Customer ids among `ids` that any record mentions, be there a customer record or not. */
export const accountsWithId = async (read: Read, ids: readonly string[]): Promise<string[]> =>
  (await accountWithId(read, inSlots(ids))).map(({ customerId }) => customerId);

export const accountsStarting = async (read: Read, prefix: string): Promise<string[]> =>
  (await accountStarting(read, spanOf(prefix))).map(({ customerId }) => customerId);

const withIds = [CUSTOMERS, MEMBERS].map((source) => ({
  type: source.type,
  find: among(source, source.id),
}));

/** Customers and members whose name or e-mail contains `fragment`, whatever its case and accents. */
export async function peopleNamed(
  read: Read,
  fragment: string,
  most: number,
): Promise<FoundRecord[]> {
  const names = await searchNames(read, fragment, most);
  return all(
    withIds.map(({ type, find }) => {
      const ids = names.filter((name) => name.type === type).map(({ recordId }) => recordId);
      return amongAll(ids, (some) => find(read, some));
    }),
  );
}
