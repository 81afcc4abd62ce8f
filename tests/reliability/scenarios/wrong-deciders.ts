import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { insertStaff, updateStaff } from '#db/queries/access/staff.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { T } from '#tests/factories/records.ts';
import { askedRefund } from '#tests/reliability/scenarios/ask-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';

interface Suspect {
  who: string;
  email: string;
  role: Role;
  change?: { role?: Role; disabledAt?: number };
}

/** Finance asks, finance2 changes it: none of these may approve it. */
const SUSPECTS: readonly Suspect[] = [
  { who: 'asker by plus-address', email: 'finance+two@demo.test', role: 'finance' },
  { who: 'asker by capitals', email: 'FINANCE+x@Demo.Test', role: 'finance' },
  { who: 'editor by plus-address', email: 'finance2+b@demo.test', role: 'finance' },
  { who: 'disabled', email: 'left@demo.test', role: 'finance', change: { disabledAt: T } },
  { who: 'role removed', email: 'moved@demo.test', role: 'finance', change: { role: 'agent' } },
  { who: 'agent', email: 'agent9@demo.test', role: 'agent' },
  { who: 'lead', email: 'lead9@demo.test', role: 'lead' },
  { who: 'admin', email: 'admin9@demo.test', role: 'admin' },
  { who: 'auditor', email: 'auditor9@demo.test', role: 'auditor' },
];

/** A1: whoever asked, changed it, is the same person twice, or has no right any more, cannot approve. */
export const wrongDeciders = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const request = await askedRefund(world, 'ch_suspects', 'finance');
  const { id: requestId, version } = request;
  const editor = signedIn(world, world.sandbox.url, 'finance2');
  const edited = await editRequest(editor, { requestId, version, change: { amount: 1_001 } });
  if (!edited.ok) throw new Error(`not changed: ${edited.refusal.says}`);
  const deciders: [string, StaffRemedyDeps][] = [
    ['asker', signedIn(world, world.sandbox.url, 'finance')],
    ['editor', editor],
    ['nobody', { ...editor, actor: { ...editor.actor, staffId: 'stf_gone', email: 'x@y.test' } }],
  ];
  for (const [at, suspect] of SUSPECTS.entries()) {
    deciders.push([suspect.who, await signIn(world, editor, `stf_suspect_${at}`, suspect)]);
  }
  const violations: string[] = [];
  for (const [who, app] of deciders) {
    const answer = await approve(app, edited.request);
    const said = answer.ok ? 'approved' : answer.refusal.refused;
    if (said !== 'forbidden') violations.push(`${who}: ${said}`);
  }
  const rows = await world.store.read.select().from(auditEvent);
  const told = rows.filter(({ kind }) => kind === 'request.decision_refused').length;
  if (told !== deciders.length) violations.push(`${told} audit rows`);
  const after = await findRequest(world.store.read, requestId);
  if (after?.state !== 'requested') violations.push(`the request is ${after?.state}`);
  const name = 'A1 wrong deciders';
  return { name, runs: deciders.length, faults: 0, violations, seed: null };
};

/** Somebody whose session still says what they were when they signed in. */
async function signIn(
  world: MoneyWorld,
  like: StaffRemedyDeps,
  staffId: string,
  { who, email, role, change }: Suspect,
): Promise<StaffRemedyDeps> {
  await world.store.write(async (tx) => {
    await insertStaff(tx, { id: staffId, email, name: who, role, createdAt: T });
    if (change) await updateStaff(tx, staffId, change);
  });
  return { ...like, actor: { staffId, name: who, email, role } };
}
