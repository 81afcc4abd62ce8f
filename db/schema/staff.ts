import type { Role } from '#app/domain/access/roles.ts';
import {
  flag as bool,
  index,
  instant,
  minor,
  table,
  text,
  uniqueIndex,
} from '#db/dialect/columns.ts';

/* Who works here, and their sessions. */

export const staff = table(
  'staff',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    /** argon2id, PHC string. */
    passwordHash: text('password_hash'),
    disabledAt: instant('disabled_at'),
    /** On leave until then: still may, but nobody waits for them. */
    awayUntil: instant('away_until'),
    createdAt: instant('created_at').notNull(),
    demo: bool('demo').notNull().default(false),
  },
  (t) => [uniqueIndex('staff_email').on(t.email)],
);

export const session = table(
  'session',
  {
    /** SHA-256 of the cookie's 256-bit value, hex: the value itself is nowhere in the database. */
    idHash: text('id_hash').primaryKey(),
    staffId: text('staff_id').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    authenticatedAt: instant('authenticated_at').notNull(),
  },
  (t) => [index('session_staff').on(t.staffId), index('session_created').on(t.createdAt)],
);

/** Counts tries for the throttle; survives a restart. */
export const signInFailure = table(
  'sign_in_failure',
  {
    id: text('id').primaryKey(),
    /** Keyed hash of the lower-case e-mail. */
    accountHash: text('account_hash').notNull(),
    address: text('address').notNull(),
    /** The browser that the account is known to use; null: a stranger's. Known ones are counted apart. */
    browser: text('browser'),
    /** Made after the address had used up its tries, out of the account's own reserve. */
    reserve: bool('reserve').notNull().default(false),
    at: instant('at').notNull(),
  },
  (t) => [
    index('sign_in_failure_account').on(t.accountHash, t.address, t.at),
    index('sign_in_failure_address').on(t.address, t.at),
  ],
);

/**
 * Refused sign-ins of one account from one address: the first of a window stands in the audit log, further
 * ones are counted here until the next row tells of them.
 */
export const signInRefusals = table(
  'sign_in_refusals',
  {
    /** SHA-256 of account and address, hex. */
    id: text('id').primaryKey(),
    address: text('address').notNull(),
    /** Whose account it is, where there is one. */
    staffId: text('staff_id'),
    /** When the row of this window was written. */
    since: instant('since').notNull(),
    /** Refusals since then that no row tells of. */
    untold: minor('untold').notNull(),
  },
  (t) => [index('sign_in_refusals_since').on(t.since)],
);
