import type { Role } from '#app/domain/access/roles.ts';
import type { Mailer } from '#app/integrations/mail/create-mailer.ts';
import type { RemedyDeps, StaffRemedyDeps } from '#app/services/deps.ts';
import { findStaff, insertStaff } from '#db/queries/access/staff.ts';
import type { Store } from '#db/store-types.ts';
import { T } from '#tests/factories/records.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { openNearStripe } from '#tests/reliability/scenarios/near-stripe.ts';
import type { Chance } from '#tests/reliability/scenarios/simulation/chance.ts';
import { nearProduct } from '#tests/reliability/scenarios/simulation/near-product.ts';
/** Something that is meant to go wrong: the process ended, or the database was lost. */
export class Mishap extends Error {}

export const isMishap = (error: unknown): boolean =>
  error instanceof Mishap || (error instanceof AggregateError && error.errors.every(isMishap));

const STAFF: readonly [Role, number][] = [
  ['agent', 20],
  ['finance', 3],
  ['lead', 2],
];

/** The whole service in this process, with everything outside of it failing now and then. */
export class Service {
  readonly deps: RemedyDeps;
  readonly mail: Mailer;
  readonly people: Record<'agent' | 'finance' | 'lead', StaffRemedyDeps[]>;
  /** Nothing goes wrong any more. */
  calm = false;
  faults = 0;

  constructor(
    readonly world: MoneyWorld,
    readonly chance: Chance,
  ) {
    const { now, sandbox, product } = world;
    const store = this.losing(world.store);
    this.deps = {
      ...{ store, now, newId: chance.newId, owner: `sim_${chance.seed}` },
      stripe: openNearStripe(sandbox.server),
      productApi: nearProduct(product.product, () =>
        this.fails(0.08) ? chance.pick(['before', 'after'] as const) : null,
      ),
      point: () => {
        if (this.fails(0.004)) throw new Mishap('the process has ended');
      },
    };
    this.mail = {
      send: async () => {
        if (this.fails(0.1)) return { kind: 'unsent', words: 'no answer' };
        return { kind: 'sent' };
      },
      close: () => undefined,
    };
    const { stripe } = this.deps;
    const app = (role: Role, nth: number): StaffRemedyDeps => {
      const [staffId, email] = [`stf_${role}_${nth}`, `${role}-${nth}@sim.test`];
      const actor = { staffId, email, name: staffId, role };
      return { store, now, newId: chance.newId, ticket: null, stripe, actor };
    };
    const all = (role: Role, many: number) => Array.from({ length: many }, (_, i) => app(role, i));
    this.people = { agent: all('agent', 20), finance: all('finance', 3), lead: all('lead', 2) };
  }

  fails(likelihood: number): boolean {
    const failed = !this.calm && this.chance.happens(likelihood);
    if (failed) this.faults += 1;
    return failed;
  }

  /** Loses its connection now and then: before a write, at its end, and after it was committed. */
  private losing(store: Store): Store {
    return {
      ...store,
      write: async (body) => {
        if (this.fails(0.002)) throw new Mishap('the database is away');
        const result = await store.write(async (tx) => {
          const done = await body(tx);
          if (this.fails(0.003)) throw new Mishap('the commit failed');
          return done;
        });
        if (this.fails(0.003)) throw new Mishap('the connection was lost after the commit');
        return result;
      },
    };
  }

  async hire(): Promise<void> {
    await this.world.store.write(async (tx) => {
      for (const [role, many] of STAFF)
        for (let nth = 0; nth < many; nth += 1) {
          const [id, email] = [`stf_${role}_${nth}`, `${role}-${nth}@sim.test`];
          if ((await findStaff(tx, id)) !== null) continue;
          await insertStaff(tx, { id, email, name: id, role, createdAt: T });
        }
    });
  }
}
