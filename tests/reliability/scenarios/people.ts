import type { Role } from '#app/domain/access/roles.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import type { Deps, StaffRemedyDeps } from '#app/services/deps.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import type { DecisionAnswer } from '#app/services/requests/approvals/decide-request.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { findStaff, insertStaff } from '#db/queries/access/staff.ts';
import { assertNotWriting } from '#db/store.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { T } from '#tests/factories/records.ts';

/** Who is asked for by name in the battery, with their roles. */
export const PEOPLE = {
  agent: 'agent',
  agent2: 'agent',
  lead: 'lead',
  finance: 'finance',
  finance2: 'finance',
  finance3: 'finance',
} as const satisfies Record<string, Role>;
export type PersonName = keyof typeof PEOPLE;

const emailOf = (name: string): string => `${name}@demo.test`;

/** Puts everybody of `PEOPLE` on the staff, once. */
export const hirePeople = async ({ store }: Pick<Deps, 'store'>): Promise<void> => {
  await store.write(async (tx) => {
    for (const [name, role] of Object.entries(PEOPLE)) {
      if ((await findStaff(tx, `stf_${name}`)) !== null) continue;
      await insertStaff(tx, { id: `stf_${name}`, email: emailOf(name), name, role, createdAt: T });
    }
  });
};

/** Somebody signed in to a console that waits for Stripe as long as a busy machine needs. */
export const signedIn = (deps: Deps, stripeUrl: string, name: PersonName): StaffRemedyDeps => ({
  ...{ store: deps.store, now: deps.now, newId: deps.newId, ticket: null },
  stripe: createStripe({
    secretKey: SANDBOX_KEY,
    apiBase: stripeUrl,
    beforeCall: assertNotWriting,
    timeout: 20_000,
  }),
  actor: { staffId: `stf_${name}`, name, email: emailOf(name), role: PEOPLE[name] },
});

export const approve = (app: StaffRemedyDeps, request: StoredRequest): Promise<DecisionAnswer> =>
  decideRequest(app, {
    ...{ requestId: request.id, hash: request.contentHash, reason: '', seen: null },
    verdict: 'approve',
  });
