import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { MINUTE } from '#app/lib/instant.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { createClock } from '#app/lib/clock.ts';
import { createIds } from '#app/lib/ids.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { findStaffByEmail } from '#db/queries/access/staff.ts';
import { refund } from '#db/schema/book.ts';
import { stripeEvent } from '#db/schema/requests.ts';
import { assertNotWriting, openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { askRefund, made } from '#tests/support/remedy-world.ts';
import { runConsole } from '#tests/support/consoles/running-console.ts';
import type { RunningConsole } from '#tests/support/consoles/running-console.ts';
import type { SandboxHands } from '#tests/support/sandbox-controls.ts';
const NOW = Date.parse('2026-05-04T09:00:00Z');
const SOON = { timeout: 20_000, interval: 50 };
let console: RunningConsole;
let hands: SandboxHands;
let store: Store;

beforeAll(async () => {
  console = await runConsole(journeyBook(NOW), NOW, { sandbox: true });
  if (console.sandbox === null) throw new Error('there is no sandbox');
  hands = console.sandbox;
  store = await openStore(console.databaseUrl);
});
afterAll(async () => {
  await store?.close();
  await console?.stop();
});

const now = createClock(NOW);
const newId = createIds(now);
const as = async (name: string): Promise<StaffRemedyDeps> => {
  const staff = await findStaffByEmail(store.read, `${name}@demo.test`);
  if (staff === null) throw new Error(`no ${name}`);
  const { id: staffId, email, role } = staff;
  const stripe = createStripe({
    ...{ secretKey: SANDBOX_KEY, apiBase: hands.sandbox.stripe.url },
    beforeCall: assertNotWriting,
  });
  const actor = { staffId, name: staff.name, email, role };
  return { ...{ store, now, newId, stripe, actor, ticket: null } };
};
const bookedRefunds = async (paymentId: string) =>
  (await store.read.select().from(refund)).filter((row) => row.paymentId === paymentId);

test('a decided refund moves once, the customer is told, and told again when it fails', async () => {
  const asked = askRefund({
    ...{ customerId: 'org_harbor', paymentId: 'ch_org_harbor', amount: 4_900 },
    evidence: ['payment:ch_org_harbor'],
  });
  const request = made(await createRequest(await as('agent'), asked));
  const { id: requestId, contentHash: hash } = request;
  const decision = { requestId, hash, verdict: 'approve', reason: '', seen: null } as const;
  made(await decideRequest(await as('finance'), decision));

  const moved = await hands.refundOf('ch_org_harbor', ({ status }) => status === 'succeeded');
  expect(moved.amount).toBe(4_900);
  const told = await hands.mail(/./);
  expect(told.to).toEqual(['billing@org-harbor.example']);
  await vi.waitFor(async () => {
    expect((await findRequest(store.read, requestId))?.state).toBe('succeeded');
  }, SOON);

  await hands.endRefund(moved.id, 'fail');
  await vi.waitFor(async () => {
    expect((await bookedRefunds('ch_org_harbor'))[0]?.status).toBe('failed');
    expect(hands.mails()).toHaveLength(2);
  }, SOON);
  expect(hands.refunds('ch_org_harbor')).toHaveLength(1);
  expect(hands.overRefunded()).toEqual([]);
});

test('what happens in the dashboard and at the bank is heard of, and seen by who asks', async () => {
  const { id } = await hands.refundInDashboard('ch_org_tin', 1_000);
  await hands.dispute('ch_org_quai');
  await vi.waitFor(async () => {
    const heard = await store.read.select().from(stripeEvent);
    expect(heard.map(({ objectId }) => objectId)).toContain(id);
    expect(heard.map(({ type }) => type)).toContain('charge.dispute.created');
  }, SOON);
  const askAll = async (of: string) => {
    const about = { customerId: `org_${of}`, paymentId: `ch_org_${of}`, amount: 4_900 };
    const evidence = [`payment:ch_org_${of}` as const];
    return createRequest(await as('agent'), askRefund({ ...about, evidence }));
  };
  const refusals = JSON.stringify([await askAll('tin'), await askAll('quai')]);
  expect(refusals).toMatch(/39\.00.*dispute/i);
  expect(Math.abs(hands.sandbox.stripe.world.now() - now())).toBeLessThan(MINUTE);
});
