import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { preparedQuery } from '#db/prepared-query.ts';
import { FLAG_COLUMNS } from '#db/queries/flags/flags.ts';
import { account } from '#db/schema/account.ts';
import { customer, subscription, watermark } from '#db/schema/book.ts';
import { flag, flagEvent } from '#db/schema/flag.ts';
import { policyVersion } from '#db/schema/policy.ts';
import { staff } from '#db/schema/staff.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

/*
 * What the head of a customer's page reads besides its rows: looked up hundreds of times a second, so
 * each is compiled once.
 */

const customerFields = {
  name: customer.name,
  email: customer.email,
  stripeCustomerId: customer.stripeCustomerId,
  createdAt: customer.createdAt,
  timeZone: customer.timeZone,
  reportedBalance: customer.reportedBalance,
  reportedBalanceAt: customer.reportedBalanceAt,
  generationHold: customer.generationHold,
};

export const customerHead = preparedQuery((read) =>
  read
    .select(customerFields)
    .from(customer)
    .where(eq(customer.id, param('customerId', customer.id)))
    .limit(1),
);

export const accountHead = preparedQuery((read) =>
  read
    .select({
      dirty: account.dirty,
      sweptAt: account.sweptAt,
      nextCheck: account.nextCheck,
      waitsForLedger: account.waitsForLedger,
      waitsForInvoices: account.waitsForInvoices,
      opening: account.opening,
      total: account.total,
      daily: account.daily,
      entries: account.entries,
      payments: account.payments,
      generations: account.generations,
      unpriced: account.unpriced,
    })
    .from(account)
    .where(eq(account.customerId, param('customerId', account.customerId)))
    .limit(1),
);

/** The latest periods first. */
export const subscriptionsOfCustomer = preparedQuery((read) =>
  read
    .select({
      id: subscription.id,
      plan: subscription.plan,
      status: subscription.status,
      creditsPerPeriod: subscription.creditsPerPeriod,
      currentPeriodEnd: subscription.currentPeriodEnd,
      cancelAt: subscription.cancelAt,
      endedAt: subscription.endedAt,
    })
    .from(subscription)
    .where(eq(subscription.customerId, param('customerId', subscription.customerId)))
    .orderBy(desc(subscription.currentPeriodStart), desc(subscription.id))
    .limit(20),
);

export const allWatermarks = preparedQuery((read) =>
  read.select({ id: watermark.id, through: watermark.through }).from(watermark),
);

/** In the order in which they apply; of one instant the later id counts. */
export const allPolicyVersions = preparedQuery((read) =>
  read
    .select({
      id: policyVersion.id,
      appliesFrom: policyVersion.appliesFrom,
      policy: policyVersion.policy,
    })
    .from(policyVersion)
    .orderBy(asc(policyVersion.appliesFrom), asc(policyVersion.id)),
);

/** Worst first, then oldest first. */
export const openFlagsOfCustomer = preparedQuery((read) =>
  read
    .select({ ...FLAG_COLUMNS, assignee: staff.name })
    .from(flag)
    .leftJoin(staff, eq(staff.id, flag.assigneeId))
    .where(and(eq(flag.customerId, param('customerId', flag.customerId)), eq(flag.state, 'open')))
    .orderBy(asc(flag.severityRank), asc(flag.since), asc(flag.id))
    .limit(sql.placeholder('most')),
);

/** How many flags there are in each state. */
export const countFlagsOfCustomer = preparedQuery((read) =>
  read
    .select({ state: flag.state, flags: sql`count(*)`.mapWith(Number).as('flags') })
    .from(flag)
    .where(eq(flag.customerId, param('customerId', flag.customerId)))
    .groupBy(flag.state),
);

/** Flags that are no longer open, the latest change first. */
export const closedFlagsOfCustomer = preparedQuery((read) =>
  read
    .select({ ...FLAG_COLUMNS, assignee: staff.name })
    .from(flag)
    .leftJoin(staff, eq(staff.id, flag.assigneeId))
    .where(
      and(eq(flag.customerId, param('customerId', flag.customerId)), sql`${flag.state} <> 'open'`),
    )
    .orderBy(desc(flag.changedAt), desc(flag.id))
    .limit(sql.placeholder('most')),
);

/** What happened to these flags, oldest first, with the names of the people who did it. */
export const eventsOfFlags = async (read: Read, flagIds: readonly string[]) =>
  read
    .select({
      flagId: flagEvent.flagId,
      at: flagEvent.at,
      kind: flagEvent.kind,
      actor: staff.name,
      reason: flagEvent.reason,
      ticket: flagEvent.ticket,
    })
    .from(flagEvent)
    .leftJoin(staff, eq(staff.id, flagEvent.actorId))
    .where(inArray(flagEvent.flagId, [...flagIds]))
    .orderBy(asc(flagEvent.at), asc(flagEvent.id))
    .limit(1_000);
