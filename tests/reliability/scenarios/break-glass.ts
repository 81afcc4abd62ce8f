import { DAY } from '#app/lib/instant.ts';
import { breakGlass } from '#app/services/requests/approvals/break-glass.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import { loadRequestQueue } from '#app/services/requests/views/load-request-queue.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { listStaff, updateStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { command } from '#scripts/sandbox/stripe/controls.ts';
import { colleague, creditsBy, refundBy, yesOf } from '#tests/reliability/scenarios/colleagues.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { hirePeople } from '#tests/reliability/scenarios/people.ts';

const WHY = 'Everybody of finance is on a plane.';

/** A11: too few deciders are told before it matters; nobody gets more rights; two people may break the glass. */
export const brokenGlass = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const violations: string[] = [];
  let runs = 0;
  const is = (what: string, said: unknown, wanted: unknown): void => {
    runs += 1;
    if (said !== wanted) violations.push(`${what}: ${String(said)}, not ${String(wanted)}`);
  };
  await told(world, is);
  await broken(world, is);
  await stillGuarded(world, is);
  return { name: 'A11 too few deciders', runs, faults: 0, violations, seed: null };
};

type Is = (what: string, said: unknown, wanted: unknown) => void;

const shortageOf = async (app: StaffRemedyDeps, { id }: StoredRequest): Promise<string | null> => {
  const { open } = await loadRequestQueue(app);
  return open.find((line) => line.id === id)?.shortage?.kind ?? null;
};
const smash = async (
  app: StaffRemedyDeps,
  { id, contentHash }: StoredRequest,
  reason = WHY,
): Promise<string> => {
  const breaking = { requestId: id, hash: contentHash, reason, seen: null };
  const answer = await breakGlass(app, breaking);
  return answer.ok ? answer.request.state : answer.refusal.refused;
};

/** Sends everybody of finance but these on leave, or shuts them out. */
async function leaveOnly(world: MoneyWorld, staying: string[], how: 'away' | 'out'): Promise<void> {
  const now = world.now();
  await world.store.write(async (tx) => {
    for (const { id, role } of await listStaff(tx)) {
      const gone = role === 'finance' && !staying.includes(id);
      const awayUntil = gone && how === 'away' ? now + DAY : null;
      const disabledAt = gone && how === 'out' ? now : null;
      await updateStaff(tx, id, { awayUntil, disabledAt });
    }
  });
}

async function told(world: MoneyWorld, is: Is): Promise<void> {
  const [agent, lead] = [
    await colleague(world, 'agent', 'agent'),
    await colleague(world, 'lead', 'lead'),
  ];
  const small = await refundBy(world, agent, 'ch_small');
  const big = await refundBy(world, agent, 'ch_big', 60_000);
  const credits = await creditsBy(world, agent, 'ch_credits');
  const all = ['stf_finance', 'stf_finance2', 'stf_finance3'];
  for (const how of ['away', 'out'] as const)
    for (const [left, forSmall, forBig] of [
      [3, null, null],
      [2, null, 'last'],
      [1, null, 'short'],
      [0, 'short', 'short'],
    ] as const) {
      await leaveOnly(world, all.slice(0, left), how);
      is(`${left} there, others ${how}: small`, await shortageOf(lead, small), forSmall);
      is(`${left} there, others ${how}: big`, await shortageOf(lead, big), forBig);
      is(`${left} there, others ${how}: credits`, await shortageOf(lead, credits), null);
    }
  await leaveOnly(world, [], 'away');
  is('nobody gets a right by it', await yesOf(lead, small), 'forbidden');
  world.advance(DAY);
  is('back from leave', await shortageOf(lead, small), null);
}

async function broken(world: MoneyWorld, is: Is): Promise<void> {
  const agent = await colleague(world, 'agent', 'agent');
  const lead = await colleague(world, 'lead', 'lead');
  const lead2 = await colleague(world, 'lead2', 'lead');
  const twin = await colleague(world, 'lead+2', 'lead');
  const request = await refundBy(world, agent, 'ch_glass');
  is('while finance is there', await smash(lead, request), 'forbidden');
  await leaveOnly(world, [], 'out');
  for (const role of ['agent', 'admin', 'auditor'] as const)
    is(`by ${role}`, await smash(await colleague(world, `g_${role}`, role), request), 'forbidden');
  is('without a reason', await smash(lead, request, 'urgent'), 'invalid');
  const wrong = { ...request, contentHash: 'x'.repeat(64) };
  is('of something else than was shown', await smash(lead, wrong), 'conflict');
  is('by one', await smash(lead, request), 'requested');
  is('by the same again, which is still one', await smash(lead, request), 'requested');
  is('by the same under another name', await smash(twin, request), 'forbidden');
  is('by a second', await smash(lead2, request), 'approved');
  is('by a third, afterwards', await smash(twin, request), 'conflict');
  const sheet = await loadRequest(lead, request.id);
  const flagged = sheet?.history.filter(({ says }) => /Emergency approval/i.test(says));
  is('flagged in its history', flagged?.length, 3);
  const rows = await world.store.read.select().from(auditEvent);
  const of = (kind: string) =>
    rows.filter((row) => row.kind === kind && row.subject === `request:${request.id}`);
  is('flagged in the log', of('request.glass_broken').length, 2);
  is('refused ones in the log', of('request.glass_refused').length >= 4, true);
  is('approved in this way', of('request.approved')[0]?.detail?.['glassBroken'], true);
}

/** Whoever asked does not break it, and all else that must hold still must. */
async function stillGuarded(world: MoneyWorld, is: Is): Promise<void> {
  const lead = await colleague(world, 'lead', 'lead');
  const lead2 = await colleague(world, 'lead2', 'lead');
  const own = await refundBy(world, lead, 'ch_glass_own');
  is('by whoever asked', await smash(lead, own), 'forbidden');
  is('by another', await smash(lead2, own), 'requested');
  const agent = await colleague(world, 'agent', 'agent');
  const disputed = await refundBy(world, agent, 'ch_glass_disputed');
  is('the first of a charge disputed since', await smash(lead, disputed), 'requested');
  const body = { charge: 'ch_glass_disputed' };
  await command(world.sandbox, { method: 'POST', path: 'disputes', body });
  is('the second of it', await smash(lead2, disputed), 'conflict');
  const late = await refundBy(world, agent, 'ch_glass_late');
  await smash(lead, late);
  world.advance(3 * DAY);
  is('of one that has expired', await smash(lead2, late), 'conflict');
}
