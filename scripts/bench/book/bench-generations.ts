import { MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Random } from '#scripts/bench/book/random.ts';
import { addLine, anyTime, iso } from '#scripts/bench/book/bench-customer.ts';
import type { Draft } from '#scripts/bench/book/bench-customer.ts';

const BASE = { standard: 4, pro: 8 } as const;
const TIMES = { '1K': 1, '2K': 2, '4K': 3 } as const;
const PER_SECOND = { standard: 10, pro: 20 } as const;

interface Work {
  fields: Record<string, unknown>;
  price: number;
}

function draftWork(random: Random): Work {
  const lot = random.next();
  const tier = random.pick(['standard', 'pro']);
  if (lot < 0.8) {
    const resolution = random.pick(['1K', '2K', '4K']);
    const count = random.between(1, 4);
    return {
      fields: { kind: 'image', model: `flare-${random.between(1, 3)}`, tier, resolution, count },
      price: BASE[tier] * TIMES[resolution] * count,
    };
  }
  if (lot < 0.99) {
    const durationSeconds = random.between(2, 20) / 2;
    return {
      fields: { kind: 'video', model: 'reel-2', tier, durationSeconds },
      price: PER_SECOND[tier] * Math.ceil(durationSeconds),
    };
  }
  return { fields: { kind: 'training', model: 'tune-1', tier }, price: 400 };
}

/**
 * Adds the customer's generations, each with what it was charged and, where it failed, with what came
 * back. Stops charging when the customer has all the entries it is to have.
 */
export function addGenerations(
  draft: Draft,
  memberIds: [string, ...string[]],
  nextId: () => string,
): void {
  const { random, counts } = draft;
  for (let i = 0; i < counts.generations; i += 1) {
    const { fields, price } = draftWork(random);
    const id = `gen_${nextId()}`;
    const startedAt = anyTime(draft);
    const finishedAt = startedAt + random.between(2 * SECOND, 3 * MINUTE);
    const failed = random.chance(0.05);
    addLine(draft, 'generation', {
      id,
      customerId: draft.id,
      memberId: random.pick(memberIds),
      ...fields,
      status: failed ? 'failed' : random.chance(0.985) ? 'succeeded' : 'canceled',
      error: failed ? random.pick(['model_overloaded', 'content_refused']) : undefined,
      startedAt: iso(startedAt),
      finishedAt: iso(finishedAt),
    });
    if (draft.entries.length >= counts.entries) continue;
    const extra = random.chance(0.0002) ? 4 : 0;
    draft.entries.push({
      at: startedAt,
      kind: 'usage',
      credits: 0 - price - extra,
      generationId: id,
    });
    if (!failed || draft.entries.length >= counts.entries || random.chance(0.003)) continue;
    const at = finishedAt + random.between(SECOND, 3 * MINUTE);
    draft.entries.push({ at, kind: 'return', credits: price, generationId: id });
  }
}
