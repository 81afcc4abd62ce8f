import type { BookRecord } from '#app/domain/book/records.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import type { Role } from '#app/domain/roles.ts';
import { decideRequest } from '#app/services/money/decide-request.ts';
import type { DecisionAnswer, Deciding } from '#app/services/money/decide-request.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';
import type { RequestAnswer } from '#app/services/money/request-remedy.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { openStripe } from '#app/outside/stripe/open-stripe.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { findRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { insertStaff } from '#db/queries/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { assertNotWriting } from '#db/store.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { entry, paid, T } from '#tests/factories/records.ts';
import { LATER, localStripe } from '#tests/support/local-stripe.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';

export const STAFF = [
  'agent',
  'agent2',
  'lead',
  'lead2',
  'finance',
  'finance2',
  'finance3',
] as const;

const roleOf = (name: string): Role => {
  if (name.startsWith('agent')) return 'agent';
  if (name.startsWith('lead')) return 'lead';
  return name.startsWith('finance') ? 'finance' : name.startsWith('admin') ? 'admin' : 'auditor';
};

/** $49.00 twice for 5,000 credits, of which one half has come. */
const twice = (): BookRecord[] => [
  paid({ id: 'ch_1' }),
  paid({ id: 'ch_2', capturedAt: T + 60_000 }),
  entry({ id: 'le_1', kind: 'purchase', credits: 5_000, paymentId: 'ch_1', balanceAfter: 5_000 }),
];

/** A refund of ch_1 as `agent` would ask for it. */
export const askRefund = (change: Partial<Extract<Asked, { kind: 'refund' }>> = {}): Asked => ({
  kind: 'refund',
  customerId: 'org_1',
  reason: 'Charged twice.',
  evidence: [`payment:${change.paymentId ?? 'ch_1'}`],
  flagId: null,
  paymentId: 'ch_1',
  amount: 1_000,
  currency: 'usd',
  ground: 'duplicate_charge',
  creditChoice: 'keep',
  ...change,
});

export const askCredits = (
  change: Partial<Extract<Asked, { kind: 'credit_adjustment' }>> = {},
): Asked => ({
  kind: 'credit_adjustment',
  customerId: 'org_1',
  reason: 'They never came.',
  evidence: change.paymentId === null ? [] : [`payment:${change.paymentId ?? 'ch_2'}`],
  flagId: null,
  credits: 300,
  cause: 'missing_credits',
  paymentId: 'ch_2',
  generationId: null,
  ...change,
});

export const kindOf = (answer: RequestAnswer | DecisionAnswer): string =>
  answer.ok ? answer.request.state : answer.refusal.refused;

/** The request that was made; throws what was said instead. */
export const made = (answer: RequestAnswer | DecisionAnswer): StoredRequest => {
  if (answer.ok) return answer.request;
  throw new Error(JSON.stringify(answer.refusal));
};

/** A book with its local Stripe, staff of every role, and a clock three days after the payments. */
export const remedyWorld = async (records: BookRecord[] = twice(), lax = false) => {
  const sweep = await sweepWorld();
  sweep.at(LATER);
  const { sandbox } = await localStripe({ records, lax, now: sweep.now });
  const stripe = openStripe({
    secretKey: SANDBOX_KEY,
    apiBase: sandbox.url,
    beforeCall: assertNotWriting,
    timeout: 10_000,
  });
  await sweep.put(...records);
  await sweep.store.write(async (tx) => {
    for (const name of [...STAFF, 'admin', 'auditor']) {
      const email = `${name}@demo.test`;
      const row = { id: `stf_${name}`, email, name, role: roleOf(name), createdAt: T };
      await insertStaff(tx, row);
    }
  });
  const as = (name: string): StaffMoneyDeps => ({
    ...{ store: sweep.store, now: sweep.now, newId: sweep.newId, stripe, ticket: 'ZD-1' },
    requestId: 'http_1',
    actor: { staffId: `stf_${name}`, name, email: `${name}@demo.test`, role: roleOf(name) },
  });
  const decide = (name: string, request: StoredRequest, change: Partial<Deciding> = {}) =>
    decideRequest(as(name), {
      requestId: request.id,
      hash: request.contentHash,
      verdict: 'approve',
      reason: '',
      seen: null,
      ...change,
    });
  return {
    ...sweep,
    sandbox,
    stripe,
    as,
    ask: async (asked: Asked, name = 'agent') => requestRemedy(as(name), asked),
    decide,
    stored: async ({ id }: Pick<StoredRequest, 'id'>) => {
      const request = await findRequest(sweep.store.read, id);
      if (request === null) throw new Error(`no request ${id}`);
      return request;
    },
    steps: ({ id }: Pick<StoredRequest, 'id'>) => operationsOf(sweep.store.read, [id]),
    audit: async (kind: string) =>
      (await sweep.store.read.select().from(auditEvent)).filter((row) => row.kind === kind),
  };
};
export type RemedyWorld = Awaited<ReturnType<typeof remedyWorld>>;
