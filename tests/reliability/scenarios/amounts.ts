import { DAY } from '#app/lib/instant.ts';
import { remedyDraftSchema } from '#app/domain/remedies/remedy-draft-schema.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { command } from '#scripts/sandbox/stripe/controls.ts';
import { paid, T } from '#tests/factories/records.ts';
import { refundOf } from '#tests/reliability/scenarios/ask-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { approve, hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

interface Case {
  amount: string;
  /** Of what was asked; the charge's own where not named. */
  currency?: string;
  charge?: { currency?: string; captured?: boolean; capturedAt?: number; disputed?: boolean };
  /** The field that is wrong, or minor units that must be refunded. */
  wanted: 'amount' | 'currency' | 'paymentId' | number;
}

const CAPTURED = 4_900;
const yen = { currency: 'jpy' };
const fils = { currency: 'kwd' };

const CASES: readonly Case[] = [
  ...[
    '0',
    '-1',
    '',
    ' 5',
    '+5',
    '05',
    '4.9',
    '4,9',
    '1e3',
    '1e21',
    '0x10',
    '١٢',
    '１２',
    '5 ',
    '1_0',
  ].map((amount): Case => ({ amount, wanted: 'amount' })),
  ...['4901', '49000', '999999999999', '9007199254740992', '9'.repeat(400), 'NaN', 'Infinity'].map(
    (amount): Case => ({ amount, wanted: 'amount' }),
  ),
  { amount: '1', wanted: 1 },
  { amount: '4899', wanted: 4_899 },
  { amount: '4900', wanted: 4_900 },
  { amount: '4900', charge: yen, wanted: 4_900 },
  { amount: '1', charge: yen, wanted: 1 },
  { amount: '4901', charge: yen, wanted: 'amount' },
  { amount: '490000', charge: yen, wanted: 'amount' },
  { amount: '49.00', charge: yen, wanted: 'amount' },
  { amount: '4900', charge: fils, wanted: 4_900 },
  { amount: '10', charge: fils, wanted: 10 },
  { amount: '1', charge: fils, wanted: 'amount' },
  { amount: '4899', charge: fils, wanted: 'amount' },
  { amount: '4910', charge: fils, wanted: 'amount' },
  { amount: '100', currency: 'eur', wanted: 'currency' },
  { amount: '100', currency: 'usd', charge: yen, wanted: 'currency' },
  { amount: '100', currency: 'USD', wanted: 'currency' },
  { amount: '100', currency: '', wanted: 'currency' },
  { amount: '100', currency: 'usdx', wanted: 'currency' },
  { amount: '100', charge: { disputed: true }, wanted: 'paymentId' },
  { amount: '100', charge: { captured: false }, wanted: 'paymentId' },
  { amount: '100', charge: { capturedAt: T - 366 * DAY }, wanted: 'paymentId' },
  { amount: '100', charge: { capturedAt: T - 364 * DAY }, wanted: 100 },
];

/** M14: amounts at and beyond every edge are refused with the field that is wrong, or sent as they are. */
export const amounts = async (world: MoneyWorld): Promise<Figure> => {
  await hirePeople(world);
  const violations: string[] = [];
  let refused = 0;
  for (const [at, one] of CASES.entries()) {
    const charge = `ch_amount_${at}`;
    await prepare(world, charge, one);
    const said = await ask(world, charge, one);
    if (typeof said === 'string') refused += 1;
    const made = world.sandbox.world.all('refund').filter((row) => row.charge === charge);
    const sent = made.reduce((sum, { amount }) => sum + amount, 0);
    const what = `${JSON.stringify(one.amount.slice(0, 20))} ${JSON.stringify(one)}`.slice(0, 140);
    const right =
      typeof said === 'number' ? said === one.wanted : said.split(',').includes(`${one.wanted}`);
    if (!right) violations.push(`${what}: ${said}`);
    if (sent !== (typeof one.wanted === 'number' ? one.wanted : 0))
      violations.push(`${what}: ${sent} was sent`);
  }
  const note = `${refused} refused with a field error, ${CASES.length - refused} sent as asked`;
  return { name: 'M14 amounts', runs: CASES.length, faults: 0, violations, seed: null, note };
};

async function prepare(world: MoneyWorld, id: string, { charge = {} }: Case): Promise<void> {
  const customerId = `org_of_${id}`;
  const { currency = 'usd', captured = true, capturedAt = T, disputed = false } = charge;
  await world.charge(id, customerId, CAPTURED);
  const { world: stripe } = world.sandbox;
  const row = stripe.get('charge', id);
  if (!row) throw new Error('no charge');
  const seconds = Math.floor(capturedAt / 1000);
  stripe.change('charge', row, {
    ...{ currency, captured, created: seconds },
    ...(captured ? { capturedAt: seconds } : { capturedAt: null, amountCaptured: 0 }),
  });
  const record = paid({
    ...{ id, customerId, amount: CAPTURED, currency, createdAt: capturedAt },
    capturedAt: captured ? capturedAt : null,
  });
  await world.store.write((tx) => saveRecords(tx, [record]));
  if (disputed)
    await command(world.sandbox, { method: 'POST', path: 'disputes', body: { charge: id } });
}

/** Asks as the form does, then decides and sends. Answers the wrong field, or the amount asked for. */
async function ask(world: MoneyWorld, id: string, one: Case): Promise<string | number> {
  const { currency = one.charge?.currency ?? 'usd' } = one;
  const form = { ...refundOf(id), amount: one.amount, currency };
  const parsed = remedyDraftSchema.safeParse(form);
  if (!parsed.success)
    return [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].join();
  const answer = await createRequest(signedIn(world, world.sandbox.url, 'agent'), parsed.data);
  if (!answer.ok)
    return answer.refusal.refused === 'invalid'
      ? Object.keys(answer.refusal.fields).join()
      : answer.refusal.refused;
  const decided = await approve(signedIn(world, world.sandbox.url, 'finance'), answer.request);
  if (!decided.ok) return decided.refusal.says;
  await processAll(world, answer.request.id);
  return answer.request.amount ?? 0;
}
