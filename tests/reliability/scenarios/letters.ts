import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { createMailer } from '#app/integrations/mail/create-mailer.ts';
import { deliverMail } from '#app/services/mail/delivery/deliver-mail.ts';
import { handleWebhook } from '#app/services/stripe/handle-webhook.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { findCustomerRecord } from '#db/queries/customers/customer-records.ts';
import { dueMail, mailsOfRequest } from '#db/queries/operations/mail.ts';
import { assertNotWriting } from '#db/store.ts';
import { productFault } from '#scripts/sandbox/product-api/product-faults.ts';
import { startMail } from '#scripts/sandbox/mail/start-mail.ts';
import type { Delivered, RunningMail } from '#scripts/sandbox/mail/start-mail.ts';
import type { Refund } from '#scripts/sandbox/stripe/entities.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { T } from '#tests/factories/records.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { AWAY, letterCases, REFUSED } from '#tests/reliability/scenarios/letters/cases.ts';
import type { AddressChange, LetterCase } from '#tests/reliability/scenarios/letters/cases.ts';
import { judgeLetter } from '#tests/reliability/scenarios/letters/oracle.ts';
import type { Truth } from '#tests/reliability/scenarios/letters/oracle.ts';
import { moneyDoors } from '#tests/reliability/scenarios/money-world.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

interface Post {
  world: MoneyWorld;
  server: RunningMail;
  deliver: () => Promise<number>;
}
/** A refund that was made, and what a letter on it must be judged by. */
interface Told extends LetterCase {
  customerId: string;
  charge: string;
  requestId: string;
  /** Nothing untrue may leave; this much must, where the state is plain and the mail not late. */
  arrived: Delivered[];
}

const TAKEN = 500;

/**
 * X3: nothing untrue is ever sent. Every state of Stripe, known or not, with the address changed, the
 * mail away for up to 45 days, credits taken back, unclear or none; each letter is judged by an oracle
 * at the moment at which it arrives.
 */
export const letters = async (world: MoneyWorld, whole = false): Promise<Figure> => {
  const { now, productUrl, sandbox } = world;
  const server = await startMail({ now });
  const mail = createMailer({
    ...{ smtpUrl: server.url, from: 'support@example.test', beforeCall: assertNotWriting },
    timeout: 5_000,
  });
  const doors = moneyDoors({ now, productUrl, stripeUrl: sandbox.url, timeout: 10_000 });
  const post: Post = { world, server, deliver: () => deliverMail({ ...world, ...doors, mail }) };
  const violations: string[] = [];
  const cases = letterCases(whole);
  let sentences = 0;
  try {
    for (const away of AWAY) {
      const told: Told[] = [];
      const ones = cases.filter((each) => each.away === away);
      for (const one of ones.filter(({ atStripe }) => atStripe.told))
        told.push(await refund(post, one));
      // These hear that their refund is on its way before it comes back.
      sentences += await hearAll(post, told, violations);
      for (const one of ones.filter(({ atStripe }) => !atStripe.told))
        told.push(await refund(post, one));
      for (const one of told) await change(world, one);
      // Credits taken for a refund that came back are returned.
      for (const { requestId, atStripe } of told)
        if (isBack(atStripe.status)) await processAll(world, requestId);
      world.advance(away);
      sentences += await hearAll(post, told, violations);
      for (const one of told) violations.push(...(await missing(post, one)));
    }
  } finally {
    mail.close();
    await server.close();
  }
  const note = `${sentences} letters judged`;
  return {
    name: 'X3 letters',
    runs: cases.length,
    faults: cases.length,
    violations,
    seed: null,
    note,
  };
};

/** Makes the refund of a case. */
async function refund(post: Post, one: LetterCase): Promise<Told> {
  const { world } = post;
  const { id, atStripe, credits } = one;
  const [customerId, charge] = [`org_l${id}`, `ch_l${id}`];
  await world.charge(charge, customerId, 4_900, world.now() - HOUR);
  const first = atStripe.told || isBack(atStripe.status) ? 'succeeded' : atStripe.status;
  const { pendingReason } = atStripe;
  world.sandbox.world.fates.set(charge, {
    ...{ status: first, later: null },
    ...(pendingReason === undefined ? {} : { pendingReason }),
  });
  if (first === REFUSED)
    world.sandbox.server.script.add({ fault: 'not_refundable', charge, times: 9 });
  if (credits === 'unclear')
    world.product.faults.push(productFault.parse({ fault: 'other_entry', customerId }));
  const takeBack = credits === 'none' ? 0 : TAKEN;
  const step = await approvedRefund(world, { paymentId: charge, customerId, takeBack });
  await processAll(world, step.requestId);
  return { ...one, customerId, charge, requestId: step.requestId, arrived: [] };
}

/** What changes between the refund and the letter: at Stripe, and in the book. */
async function change(world: MoneyWorld, one: Told): Promise<void> {
  if (isBack(one.atStripe.status)) await comesBack(world, one);
  await readdress(world, one);
  const stripeCharge = world.sandbox.world.get('charge', one.charge);
  if (stripeCharge && Number(one.id) % 3 === 0)
    world.sandbox.world.change('charge', stripeCharge, {
      card: { brand: 'visa', last4: '0005', fingerprint: null, funding: 'credit' },
    });
}

const isBack = (status: string): boolean => status === 'failed' || status === 'canceled';
const refundOf = ({ sandbox }: MoneyWorld, charge: string): Refund => {
  const made = sandbox.world.all('refund').find((each) => each.charge === charge);
  if (!made) throw new Error(`nothing was refunded of ${charge}`);
  return made;
};

/** The refund fails or is canceled; the console hears of it at once, or only when it looks. */
async function comesBack(world: MoneyWorld, { id, charge, atStripe }: Told): Promise<void> {
  const made = refundOf(world, charge);
  const reasons = ['lost_or_stolen_card', 'declined', 'insufficient_funds'];
  settleRefund(world.sandbox.world, made, {
    status: atStripe.status,
    failureReason: reasons[Number(id) % 3] ?? 'unknown',
  });
  if (atStripe.told !== true && Number(id) % 2 === 0) return;
  await handleWebhook(world, {
    ...{ id: `evt_${id}`, type: 'refund.updated', createdAt: world.now() },
    object: { kind: 'refund', id: made.id, chargeId: charge, paymentIntentId: null },
  });
}

const ADDRESS: Record<AddressChange, (customerId: string) => string> = {
  same: (customerId) => `${customerId}@example.test`,
  changed: (customerId) => `${customerId}@new.example.test`,
  with_line_break: (customerId) => `${customerId}@example.test\r\nBcc: thief@example.test`,
  several: (customerId) => `${customerId}@example.test, thief@example.test`,
  none: () => '',
};

async function readdress({ store }: MoneyWorld, { customerId, address }: Told): Promise<void> {
  const known = await findCustomerRecord(store.read, customerId);
  if (!known || address === 'same') return;
  const record = { ...known, email: ADDRESS[address](customerId) };
  await store.write((tx) => saveRecords(tx, [{ type: 'customer', record }]));
}

/** Lets the mail go in several passes and judges every letter that arrives as it arrives. */
async function hearAll(
  { world, server, deliver }: Post,
  told: readonly Told[],
  violations: string[],
): Promise<number> {
  let judged = 0;
  for (let pass = 0; pass < 4; pass += 1) {
    const known = server.delivered.length;
    while ((await dueMail(world.store.read, world.now(), 1)).length > 0) await deliver();
    for (const arrived of server.delivered.slice(known)) {
      const one = told.find(({ customerId }) =>
        arrived.to.some((to) => to.startsWith(`${customerId}@`)),
      );
      if (!one || one.atStripe.status === REFUSED)
        violations.push(`a letter to ${arrived.to.join()}, who has none to get`);
      else {
        const { to, headers, text } = arrived;
        const letter = { to, subject: headers['subject'] ?? '', text };
        const wrong = judgeLetter(letter, truthOf(world, one));
        if (one.away > 3 * DAY && one.arrived.length === 0 && one.atStripe.told !== true)
          wrong.push('left later than three days');
        violations.push(...wrong.map((what) => `${nameOf(one)}: ${what}`));
        one.arrived.push(arrived);
        judged += 1;
      }
    }
    server.delivered.length = 0;
    world.advance(pass < 2 ? MINUTE : 10 * MINUTE);
  }
  return judged;
}

function truthOf(world: MoneyWorld, one: Told): Truth {
  const made = refundOf(world, one.charge);
  const entries = [...world.product.product.adjusted.values()]
    .map(({ entry }) => entry)
    .filter(({ customerId }) => customerId === one.customerId);
  const sum = (sign: number): number =>
    entries
      .filter(({ credits }) => credits * sign > 0)
      .reduce((all, { credits }) => all + credits * sign, 0);
  const charge = world.sandbox.world.get('charge', one.charge);
  const usable = one.address === 'same' || one.address === 'changed';
  return {
    now: world.now(),
    ...{
      status: made.status,
      pendingReason: made.pendingReason,
      failureReason: made.failureReason,
    },
    madeAt: made.created * 1_000,
    chargedAt: (charge?.capturedAt ?? T) * 1_000,
    ...{ amount: '$49.00', last4: charge?.card?.last4 ?? '' },
    address:
      one.arrived.length === 0 && one.atStripe.told === true
        ? ADDRESS.same(one.customerId)
        : usable
          ? ADDRESS[one.address](one.customerId)
          : null,
    taken: sum(-1),
    returned: sum(1),
    before: one.arrived.map(({ headers }) => headers['subject'] ?? ''),
  };
}

const nameOf = ({ id, atStripe, address, credits, away }: LetterCase): string =>
  `${id} ${atStripe.status}/${atStripe.pendingReason ?? '-'}${atStripe.told ? ' told' : ''}, ${address}, credits ${credits}, away ${away / HOUR} h`;

/** A letter that is plainly due has gone; whatever has not gone says why. */
async function missing({ world }: Post, one: Told): Promise<string[]> {
  const { atStripe, address, credits, away, arrived, requestId } = one;
  const plain =
    (address === 'same' || address === 'changed') && credits !== 'unclear' && away < 3 * DAY;
  const due =
    atStripe.status === 'succeeded' ||
    atStripe.told === true ||
    (atStripe.status === 'pending' &&
      [null, 'processing', 'charge_pending'].includes(atStripe.pendingReason ?? null));
  const wanted =
    (atStripe.told === true ? 2 : 1) + (atStripe.told === true && credits === 'taken' ? 1 : 0);
  const wrong: string[] = [];
  if (plain && due && arrived.length !== wanted)
    wrong.push(`${arrived.length} letters where ${wanted} are due`);
  for (const mail of await mailsOfRequest(world.store.read, requestId))
    if (mail.sentAt === null && mail.error === null)
      wrong.push(`${mail.kind} has not gone, and says not why`);
  return wrong.map((what) => `${nameOf(one)}: ${what}`);
}
