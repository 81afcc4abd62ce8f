import { setTimeout as delay } from 'node:timers/promises';
import type http from 'node:http';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { listStaff } from '#db/queries/access/staff.ts';
import { ask, keepAlive } from '#scripts/bench/measure/http-probe.ts';
import { refundOf } from '#tests/reliability/scenarios/ask-refund.ts';
import { startBuiltConsole } from '#tests/reliability/scenarios/built-console.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { openNearStripe } from '#tests/reliability/scenarios/near-stripe.ts';

const DECIDERS = ['finance@demo.test', 'finance2@demo.test'] as const;
const FORM = 'application/x-www-form-urlencoded';
const ROUTE = encodeURIComponent('pages/requests/decide/decision.action');
/** The console's own sender looks every second. */
const SENT_WITHIN_MS = 60_000;

/**
 * M5 over HTTP: one approval posted many times at one instant by two people has one effect; every other
 * answer is the same result again or a conflict.
 */
export const postsAtOnce = async (
  world: MoneyWorld,
  { rounds, times }: { rounds: number; times: number },
): Promise<Figure> => {
  const site = await startBuiltConsole(world);
  const agent = keepAlive(times);
  const answers = new Map<string, number>();
  const violations: string[] = [];
  const charges: string[] = [];
  try {
    const cookies = await Promise.all(DECIDERS.map((email) => signIn(agent, site.address, email)));
    for (let round = 0; round < rounds; round += 1) {
      const request = await askedFor(world, `ch_post_${round}`);
      charges.push(`ch_post_${round}`);
      const said = await Promise.all(
        Array.from({ length: times }, (_, nth) =>
          approve(agent, site.address, request, cookies[nth % cookies.length] ?? ''),
        ),
      );
      for (const one of said) answers.set(one, (answers.get(one) ?? 0) + 1);
      const effects = said.filter((one) => one === '200').length;
      if (effects !== 1) violations.push(`${request.paymentId}: ${effects} posts had an effect`);
      const others = said.filter((one) => !['200', '200 again', '409'].includes(one));
      violations.push(...new Set(others.map((one) => `answered ${one}`)));
    }
    await allRefunded(world, charges);
  } finally {
    agent.destroy();
    await site.stop();
  }
  for (const charge of charges) {
    const made = world.sandbox.world.all('refund').filter((refund) => refund.charge === charge);
    if (made.length !== 1) violations.push(`${charge}: ${made.length} refunds`);
  }
  const note = [...answers].map(([what, many]) => `${many} × ${what}`).join(', ');
  const name = 'M5/A10 one approval posted many times';
  return { name, runs: rounds * times, faults: 0, violations, seed: null, note };
};

const signIn = async (agent: http.Agent, address: string, email: string): Promise<string> => {
  const answer = await ask(agent, {
    url: `${address}/sign-in`,
    method: 'POST',
    headers: { origin: address, 'content-type': FORM },
    body: new URLSearchParams({ email, password: 'redress demo only' }).toString(),
  });
  const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  const session = cookies.find((line) => line.includes('sid='));
  if (session === undefined) throw new Error(`sign-in of ${email} answered ${answer.status}`);
  return session;
};

/** A request of the demo's agent for a new charge. */
async function askedFor(world: MoneyWorld, charge: string): Promise<StoredRequest> {
  await world.charge(charge, `org_of_${charge}`);
  const staff = await listStaff(world.store.read);
  const asker = staff.find(({ email }) => email === 'agent@demo.test');
  if (!asker) throw new Error('the demo has no agent');
  const { id: staffId, email, name, role } = asker;
  const { store, now, newId, sandbox } = world;
  const stripe = openNearStripe(sandbox.server);
  const actor = { staffId, email, name, role };
  const answer = await createRequest(
    { store, now, newId, ticket: null, stripe, actor },
    refundOf(charge, { amount: 4_900 }),
  );
  if (!answer.ok) throw new Error(`not asked: ${answer.refusal.says}`);
  return answer.request;
}

/** `200`: it had an effect; `200 again`: the same result; else the status. */
async function approve(
  agent: http.Agent,
  address: string,
  { id, contentHash }: StoredRequest,
  cookie: string,
): Promise<string> {
  const answer = await ask(agent, {
    url: `${address}/requests/${id}/decision?_data=${ROUTE}`,
    method: 'POST',
    headers: { origin: address, cookie, 'content-type': FORM },
    body: new URLSearchParams({ verdict: 'approve', hash: contentHash }).toString(),
  });
  if (answer.status !== 200) return String(answer.status);
  // What the action answers where it was done.
  const { done } = JSON.parse(answer.body) as { done?: { repeated: boolean } };
  return done === undefined ? '200 without a result' : done.repeated ? '200 again' : '200';
}

async function allRefunded(world: MoneyWorld, charges: readonly string[]): Promise<void> {
  const until = Date.now() + SENT_WITHIN_MS;
  const isMade = (charge: string): boolean =>
    world.sandbox.world.all('refund').some((refund) => refund.charge === charge);
  while (!charges.every(isMade) && Date.now() < until) await delay(100);
}
