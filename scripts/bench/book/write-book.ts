import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { DAY, HOUR } from '#app/lib/instant.ts';
import { BENCH_AS_OF, addLine, draftCustomer, iso } from '#scripts/bench/book/bench-customer.ts';
import type { Draft } from '#scripts/bench/book/bench-customer.ts';
import { addGenerations } from '#scripts/bench/book/bench-generations.ts';
import { fillUp, writeCustomer, writeLedger } from '#scripts/bench/book/bench-ledger.ts';
import { addPayments } from '#scripts/bench/book/bench-payments.ts';
import { customerSizes, dealOut } from '#scripts/bench/book/scale.ts';
import type { Scale } from '#scripts/bench/book/scale.ts';

export interface WrittenBook {
  path: string;
  lines: number;
}

/** Raise it when the generator changes: cached books of older versions are then written anew. */
const VERSION = 2;

/**
 * Writes the book of this scale as NDJSON under `folder`, customer by customer, unless it is there
 * already. `prefix` begins every customer's id, so that two books can share one database.
 */
export async function writeBook(
  folder: string,
  scale: Scale,
  prefix = 'org_',
): Promise<WrittenBook> {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${scale.name}-${prefix}v${VERSION}.ndjson`;
  if (existsSync(path)) return { path, lines: Number(readFileSync(`${path}.lines`, 'utf8')) };
  const out = createWriteStream(`${path}.part`, { highWaterMark: 1 << 20 });
  let lines = 0;
  let serial = 0;
  const nextId = () => `${prefix}${(serial += 1).toString(36).padStart(6, '0')}`;
  const sizes = customerSizes(scale);
  const payments = dealOut(scale.payments, sizes);
  const generations = dealOut(scale.generations, sizes);
  for (const [index, entries] of sizes.entries()) {
    const counts = {
      entries,
      payments: payments[index] ?? 0,
      generations: generations[index] ?? 0,
    };
    const draft = draftCustomer(index, counts, prefix);
    writeOne(draft, nextId);
    if (index === 0) writeWatermarks(draft);
    lines += draft.lines.length;
    if (!out.write(`${draft.lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  writeFileSync(`${path}.lines`, String(lines));
  renameSync(`${path}.part`, path);
  return { path, lines };
}

function writeOne(draft: Draft, nextId: () => string): void {
  const { random, id, counts } = draft;
  const members: [string, ...string[]] = [`mem_${id}_0`];
  for (let i = 1; i < random.between(1, 4); i += 1) members.push(`mem_${id}_${i}`);
  for (const [i, member] of members.entries()) {
    const email = `person${i}@${id}.test`;
    addLine(draft, 'member', { id: member, customerId: id, name: `Person ${i}`, email });
  }
  addPayments(draft, draft.index % 5 < 3 ? writeSubscriptions(draft) : null);
  addGenerations(draft, members, nextId);
  fillUp(draft);
  writeCustomer(draft, writeLedger(draft, nextId));
  if (random.chance(0.3)) writeSetups(draft, counts.entries > 31 ? 3 : 1);
}

/** One subscription; two of one plan with one customer in five hundred. */
function writeSubscriptions(draft: Draft): string {
  const { random, id } = draft;
  const first = `sub_${random.code(22)}`;
  for (const subscriptionId of draft.index % 500 === 17
    ? [first, `sub_${random.code(22)}`]
    : [first]) {
    const start = BENCH_AS_OF - random.between(1, 29) * DAY;
    addLine(draft, 'subscription', {
      id: subscriptionId,
      customerId: id,
      plan: 'pro',
      creditsPerPeriod: 5000,
      status: 'active',
      currentPeriodStart: iso(start),
      currentPeriodEnd: iso(start + 30 * DAY),
      // One in five hundred has ended, but is charged on.
      endedAt: draft.index % 500 === 21 ? iso(BENCH_AS_OF - 20 * DAY) : undefined,
    });
  }
  return first;
}

function writeSetups(draft: Draft, count: number): void {
  for (let i = 0; i < count; i += 1) {
    addLine(draft, 'setupAttempt', {
      id: `seti_${draft.random.code(22)}`,
      customerId: draft.id,
      at: iso(BENCH_AS_OF - draft.random.between(1, 300) * HOUR),
      status: draft.random.chance(0.9) ? 'succeeded' : 'failed',
      cardBrand: 'visa',
    });
  }
}

function writeWatermarks(draft: Draft): void {
  for (const id of ['payments', 'invoices', 'ledger', 'generations']) {
    addLine(draft, 'watermark', { id, through: iso(BENCH_AS_OF) });
  }
}
