import type { Generation, LedgerEntry } from '#app/domain/book/records.ts';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { GENERATION_ERRORS, MODELS, priceOf } from '#scripts/demo-book/catalogue.ts';
import type { Work } from '#scripts/demo-book/catalogue.ts';
import { post } from '#scripts/demo-book/postings.ts';
import type { Random } from '#scripts/demo-book/random.ts';

export const image = (
  tier: 'standard' | 'pro',
  resolution: Work['resolution'],
  count: number,
): Work => ({
  kind: 'image',
  model: MODELS.image[tier][0],
  tier,
  resolution,
  durationSeconds: null,
  count,
});

export const video = (tier: 'standard' | 'pro', durationSeconds: number): Work => ({
  kind: 'video',
  model: MODELS.video[tier][0],
  tier,
  resolution: '1K',
  durationSeconds,
  count: null,
});

export const training = (): Work => ({
  kind: 'training',
  model: MODELS.training[0],
  tier: 'standard',
  resolution: null,
  durationSeconds: null,
  count: null,
});

const SECONDS = [4, 5, 5, 5, 6, 8, 8, 10, 5.5, 7.2];

/** What somebody might make next; those with more credits make more video. */
export const chooseWork = (random: Random, lavish: boolean): Work => {
  const tier = random.chance(lavish ? 0.45 : 0.25) ? 'pro' : 'standard';
  if (random.chance(lavish ? 0.01 : 0.002))
    return { ...training(), model: random.pick(MODELS.training) };
  if (random.chance(lavish ? 0.16 : 0.07)) {
    return { ...video(tier, random.pick(SECONDS)), model: random.pick(MODELS.video[tier]) };
  }
  const resolution = random.pick(['1K', '1K', '1K', '2K', '2K', '4K', null] as const);
  const work = image(tier, resolution, random.pick([1, 1, 2, 4, 4, 3]));
  return {
    ...work,
    model: random.pick(MODELS.image[tier]),
    count: work.count === 1 && random.chance(0.5) ? null : work.count,
  };
};

const runningTime = (random: Random, work: Work): number => {
  if (work.kind === 'training') return random.int(14, 48) * MINUTE;
  if (work.kind === 'video') return random.int(35, 190) * SECOND + random.int(0, 999);
  return random.int(4, 28) * SECOND + random.int(0, 999);
};

export interface Made {
  generation: Generation;
  usage: LedgerEntry;
}

export type Making = { at: Instant; work: Work; charged?: number } & Partial<
  Pick<Generation, 'id' | 'memberId' | 'status' | 'error' | 'finishedAt'>
>;

/** A generation and the usage entry that pays for it, both at `at`. */
export const generate = (account: Account, { at, work, charged, ...rest }: Making): Made => {
  const { random } = account;
  const generation: Generation = {
    id: `gen_${random.token(14)}`,
    customerId: account.id,
    memberId: account.members.length > 0 ? random.pick(account.members).id : null,
    ...work,
    status: 'succeeded',
    error: null,
    startedAt: at,
    finishedAt: at + runningTime(random, work),
    ...rest,
  };
  account.generations.push(generation);
  const usage = post(account, 'usage', {
    at,
    credits: -(charged ?? priceOf(work)),
    memberId: generation.memberId,
    generationId: generation.id,
    ...(rest.id === undefined ? {} : { id: rest.id.replace('gen_', 'led_use_') }),
  });
  return { generation, usage };
};

/** Gives a generation's credits back, all of them unless told. */
export const giveBack = (
  account: Account,
  { generation, usage }: Made,
  at: Instant,
  credits = -usage.credits,
): LedgerEntry =>
  post(account, 'return', {
    at,
    credits,
    memberId: generation.memberId,
    generationId: generation.id,
    note: generation.error,
  });

/**
 * One generation as it goes on an ordinary day: most succeed, some fail or are canceled and give the
 * credits back within seconds, the last ones are still running. Answers when and what came back.
 */
export const generateOrdinarily = (
  account: Account,
  at: Instant,
  work: Work,
  memberId: string | null,
): { at: Instant; credits: number } | null => {
  const { random, now } = account;
  const made = generate(account, { at, work, memberId });
  const { generation } = made;
  if (generation.finishedAt !== null && generation.finishedAt > now) {
    generation.status = at + 2 * SECOND > now ? 'queued' : 'running';
    generation.finishedAt = null;
    return null;
  }
  if (!random.chance(0.045)) return null;
  const canceled = random.chance(0.2);
  generation.status = canceled ? 'canceled' : 'failed';
  generation.error = canceled ? null : random.weighted(GENERATION_ERRORS).error;
  const back = Math.min((generation.finishedAt ?? at) + random.int(300, 20_000), now);
  const entry = giveBack(account, made, back);
  return { at: back, credits: entry.credits };
};
