import type { BookRecord } from '#app/domain/book/records.ts';
import type { Flag } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { createIds } from '#app/lib/ids.ts';
import type { Deps, StaffDeps } from '#app/services/deps.ts';
import { ingestBook } from '#app/services/import/ingest-book.ts';
import { flagsOfCustomer, historyOfFlag } from '#db/queries/flags/flags.ts';
import { T } from '#tests/factories/records.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { toNdjson } from '#tests/support/ndjson-lines.ts';

/** Loads records the way they come in: checked, written, and their customers marked for the sweep. */
const load = async (deps: Deps, records: BookRecord[]): Promise<void> => {
  const outcome = await ingestBook(deps, null, Buffer.from(toNdjson(records)));
  if (outcome.kind === 'done' && outcome.answer.loaded === records.length) return;
  throw new Error(`not loaded: ${JSON.stringify(outcome)}`);
};

export interface SweepWorld extends Deps {
  databaseUrl: string;
  /** Sets the clock, which stands still otherwise. */
  at(instant: Instant): void;
  put(...records: BookRecord[]): Promise<void>;
  /** The flags of a customer, `org_1` unless said otherwise. */
  flags(customerId?: string): Promise<Flag[]>;
  /** The one flag of a customer; throws where it has none or several. */
  flag(customerId?: string): Promise<Flag>;
  /** The kinds of event of a customer's one flag, oldest first. */
  history(customerId?: string): Promise<string[]>;
  as(role: Role): StaffDeps;
}

/** A fresh database and a clock that tests set; it begins an hour after T. */
export const sweepWorld = async (): Promise<SweepWorld> => {
  const store = await freshStore();
  let instant = T + 3_600_000;
  const deps: Deps = { store, now: () => instant, newId: createIds(() => instant) };
  const flags = (customerId = 'org_1') => flagsOfCustomer(store.read, customerId);
  const flag = async (customerId?: string): Promise<Flag> => {
    const [one, ...more] = await flags(customerId);
    if (!one || more.length > 0) throw new Error(`${more.length + (one ? 1 : 0)} flags, not one`);
    return one;
  };
  return {
    ...deps,
    databaseUrl: store.databaseUrl,
    at: (next) => void (instant = next),
    put: (...records) => load(deps, records),
    flags,
    flag,
    history: async (customerId) => {
      const { id } = await flag(customerId);
      return (await historyOfFlag(store.read, id)).map(({ kind }) => kind);
    },
    as: (role) => ({
      ...deps,
      actor: { staffId: `stf_${role}`, name: role, email: `${role}@demo.test`, role },
      ticket: 'ZD-123',
    }),
  };
};
