import { inArray, sql } from 'drizzle-orm';
import type { FoundRecord } from '#app/domain/search/found.ts';
import { fastAll, hotQuery } from '#db/hot-query.ts';
import {
  all,
  among,
  inSlots,
  slots,
  SLOTS,
  spanOf,
  starting,
  withinSpan,
} from '#db/queries/search-finders.ts';
import type { Span } from '#db/queries/search-finders.ts';
import { searchNames } from '#db/queries/name-search.ts';
import { CUSTOMERS, MEMBERS } from '#db/queries/search-sources.ts';
import type { Source } from '#db/queries/search-sources.ts';
import { short } from '#db/columns.ts';
import { account, customer, member } from '#db/schema.ts';
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

/** The names of customers; ids that no customer record has are missing. */
export async function customerNames(
  read: Read,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await fastAll(
    read,
    read
      .select({ id: customer.id, name: customer.name })
      .from(customer)
      .where(inArray(customer.id, [...new Set(ids)])),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const accountWithId = hotQuery<Record<string, string>, { customerId: string }>((read) =>
  read
    .select({ customerId: account.customerId })
    .from(account)
    .where(inArray(account.customerId, slots))
    .limit(SLOTS),
);
const accountStarting = hotQuery<Span, { customerId: string }>((read) =>
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

/** Customers and members whose name or e-mail contains `fragment`, whatever its case and accents. */
export async function peopleNamed(
  read: Read,
  fragment: string,
  most: number,
): Promise<FoundRecord[]> {
  const names = await searchNames(read, fragment, most);
  const of = async ({ type, table, id, fields }: Source): Promise<FoundRecord[]> => {
    const ids = names.filter((name) => name.type === type).map(({ recordId }) => recordId);
    if (ids.length === 0) return [];
    const rows = await fastAll(read, read.select(fields).from(table).where(inArray(id, ids)));
    return rows.map((row) => ({ type, ...row }));
  };
  return all([of(CUSTOMERS), of(MEMBERS)]);
}
