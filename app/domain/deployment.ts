/*
 * Whether a start on a database is the demo. The demo's passwords are published, so the demo runs on a
 * database that the demo itself has made, and answers on this machine only. Everything else needs a real
 * first admin.
 */

/** What the settings say of a start. */
export interface StartSettings {
  /** No Stripe key is set: no real money can move. */
  keyless: boolean;
  /** The key moves real money. */
  live: boolean;
  /** Only this machine can reach the console. */
  onLoopback: boolean;
}

/** What the database tells of itself. */
export interface DatabasePast {
  /** As an earlier start has bound it; `demo` is null where that start knew of no such thing. */
  bound: { live: boolean; demo: boolean | null } | null;
  hasDemoStaff: boolean;
  hasStaff: boolean;
  hasCustomers: boolean;
  /** The demo book was loaded here. */
  hasDemoBook: boolean;
  /** A file other than the demo book was loaded here. */
  hasOtherBooks: boolean;
}

export type StartVerdict =
  | { kind: 'refused'; says: string }
  /** `isDemos`: the database is the demo's own, now and ever after. `runsDemo`: so is this start. */
  | { kind: 'starts'; live: boolean; isDemos: boolean; runsDemo: boolean };

const WORDS = {
  live: 'STRIPE_SECRET_KEY is a live key, but this database was started with a test key or as the demo: it holds requests and staff that must never meet real money. Set DATABASE_URL to a new database and import your data there.',
  test: 'STRIPE_SECRET_KEY is no live key, but this database is about real payments: set the live key, or DATABASE_URL to another database.',
  beyond:
    'DATABASE_URL names the database of the demo, and the demo answers on this machine only, because its passwords are published: leave HOST and BASE_URL unset. For your own data set DATABASE_URL to another database.',
};

/** Whether a database is the demo's own. What was once decided stands. */
const isDemosOwn = (settings: StartSettings, past: DatabasePast): boolean => {
  if (past.bound !== null && past.bound.demo !== null) return past.bound.demo;
  // Of the version before, which made the demo's staff on whatever it was started with.
  if (past.hasDemoStaff) return !past.hasOtherBooks && (past.hasDemoBook || !past.hasCustomers);
  const isNew = past.bound === null && !past.hasStaff && !past.hasCustomers;
  return isNew && settings.keyless && settings.onLoopback;
};

/** What a start with these settings on this database is. */
export const judgeStart = (settings: StartSettings, past: DatabasePast): StartVerdict => {
  const isDemos = isDemosOwn(settings, past);
  const live = past.bound?.live ?? (settings.live && !past.hasDemoStaff);
  if (live !== settings.live)
    return { kind: 'refused', says: settings.live ? WORDS.live : WORDS.test };
  const runsDemo = isDemos && settings.keyless;
  if (runsDemo && !settings.onLoopback) return { kind: 'refused', says: WORDS.beyond };
  return { kind: 'starts', live, isDemos, runsDemo };
};
