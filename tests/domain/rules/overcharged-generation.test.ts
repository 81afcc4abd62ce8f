import { expect, it } from 'vitest';
import type { BookGeneration } from '#app/domain/book/book.ts';
import { DAY, MINUTE } from '#app/lib/instant.ts';
import { DEFAULT_POLICY } from '#app/domain/policy/policy.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import { KNOWN, describeRule } from '#tests/support/rule-cases.ts';
import type { RuleCase } from '#tests/support/rule-cases.ts';
import { T, book, generation, usage } from '#tests/factories/account.ts';

const asOf = T + DAY;
const dear = {
  ...DEFAULT_POLICY,
  rateCard: { ...DEFAULT_POLICY.rateCard, image: { pro: 16 } },
};

/** Exactly the price is right, a credit more is one too many. */
const priced = (name: string, change: Partial<BookGeneration>, price: number): RuleCase[] => [
  {
    name: `${name} costs ${price}`,
    book: { generations: [generation(change)], entries: [usage(-price)] },
    asOf,
    finds: [],
  },
  {
    name: `${name} never costs ${price + 1}`,
    book: { generations: [generation(change)], entries: [usage(-price - 1)] },
    asOf,
    finds: [{ credits: 1 }],
  },
];
const image = { kind: 'image', durationSeconds: null } as const;
const video = { kind: 'video', resolution: null, count: null } as const;

describeRule('overcharged-generation', [
  {
    name: 'tells the excess since the end',
    book: { generations: [generation()], entries: [usage(-60)] },
    asOf,
    finds: [
      {
        subject: 'generation:gen_1',
        severity: 'medium',
        confidence: 'confirmed',
        credits: 12,
        amount: undefined,
        since: T + MINUTE,
        evidence: ['generation:gen_1', 'ledgerEntry:le_use-60'],
        facts: { net: 60, price: 48 },
      },
    ],
  },
  ...priced('an image', { ...image, tier: 'standard', resolution: null, count: null }, 4),
  ...priced('an image at 1K', { ...image, tier: 'pro', resolution: '1K', count: 1 }, 8),
  ...priced(
    'a 4K image at three times the base',
    { ...image, tier: 'pro', resolution: '4K', count: 1 },
    24,
  ),
  ...priced('three at 2K', { ...image, tier: 'standard', resolution: '2K', count: 3 }, 24),
  ...priced('a video of 8 seconds', { ...video, tier: 'standard', durationSeconds: 8 }, 80),
  ...priced('a video of 7.001 seconds', { ...video, tier: 'pro', durationSeconds: 7.001 }, 160),
  ...priced('a video at 4K', { ...video, tier: 'pro', resolution: '4K', durationSeconds: 1 }, 20),
  ...priced(
    'a training of whatever tier',
    { kind: 'training', tier: 'unlisted', resolution: null },
    400,
  ),
  {
    name: 'since the start where no end is known',
    book: { generations: [generation({ finishedAt: null })], entries: [usage(-60)] },
    asOf,
    finds: [{ since: T }],
  },
  {
    name: 'not before its end',
    book: { generations: [generation({ finishedAt: asOf + 1 })], entries: [usage(-60)] },
    asOf,
    finds: [],
  },
  {
    name: 'only of what succeeded',
    book: { generations: [generation({ status: 'running' })], entries: [usage(-60)] },
    asOf,
    finds: [],
  },
  {
    name: 'what came back is not charged',
    book: { generations: [generation()], entries: [usage(-60), usage(12)] },
    asOf,
    finds: [],
  },
  {
    name: 'an unlisted tier is not judged',
    book: { generations: [generation({ tier: 'ultra' })], entries: [usage(-999)] },
    asOf,
    finds: [],
  },
  {
    name: 'a tier named like a property of objects is unlisted',
    book: { generations: [generation({ tier: 'constructor' })], entries: [usage(-999)] },
    asOf,
    finds: [],
  },
  {
    name: 'a video of unknown length is not judged',
    book: { generations: [generation({ ...video, tier: 'pro' })], entries: [usage(-999)] },
    asOf,
    finds: [],
  },
  {
    name: 'priced by the card active when it started',
    book: { generations: [generation()], entries: [usage(-96)] },
    asOf,
    policies: [{ appliesFrom: T, policy: dear }],
    finds: [],
  },
  {
    name: 'not by one that came after',
    book: { generations: [generation()], entries: [usage(-96)] },
    asOf,
    policies: [{ appliesFrom: T + 1, policy: dear }],
    finds: [{ credits: 48 }],
  },
  {
    name: 'several members generating at once',
    book: {
      generations: [generation(), generation({ id: 'gen_2' })],
      entries: [usage(-48), usage(-48, { id: 'le_2', generationId: 'gen_2' })],
    },
    asOf,
    finds: [],
  },
]);

it('counts the succeeded generations that no card prices', () => {
  const generations = [
    generation({ id: 'a', tier: 'ultra' }),
    generation({ id: 'b', kind: 'video' }),
    generation({ id: 'c', tier: 'ultra', status: 'failed' }),
    generation({ id: 'd', tier: 'ultra', finishedAt: asOf + 1 }),
    generation({ id: 'e' }),
  ];
  expect(evaluate(book({ generations }), { policies: [], streams: KNOWN }, asOf).unpriced).toBe(2);
});
