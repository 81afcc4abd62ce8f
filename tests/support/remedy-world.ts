import type { BookRecord } from '#app/domain/book/records.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import type { Deciding, DecisionAnswer } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { RequestResult } from '#app/services/requests/lifecycle/repeated-submission.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { assertNotWriting } from '#db/store.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { T, entry, paid } from '#tests/factories/records.ts';
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
export const askRefund = (
  change: Partial<Extract<RemedyDraft, { kind: 'refund' }>> = {},
): RemedyDraft => ({
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
  change: Partial<Extract<RemedyDraft, { kind: 'credit_adjustment' }>> = {},
): RemedyDraft => ({
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

export const kindOf = (answer: RequestResult | DecisionAnswer): string =>
  answer.ok ? answer.request.state : answer.refusal.refused;

/** The request that was made; throws what was said instead. */
export const made = (answer: RequestResult | DecisionAnswer): StoredRequest => {
  if (answer.ok) return answer.request;
  throw new Error(JSON.stringify(answer.refusal));
};

/** A book with its local Stripe, staff of every role, and a clock three days after the payments. */
export const remedyWorld = async (records: BookRecord[] = twice(), lax = false) => {
  const sweep = await sweepWorld();
  sweep.at(LATER);
  const { sandbox } = await localStripe({ records, lax, now: sweep.now });
  const stripe = createStripe({
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
  const as = (name: string): StaffRemedyDeps => ({
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
    ask: async (asked: RemedyDraft, name = 'agent') => createRequest(as(name), asked),
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
