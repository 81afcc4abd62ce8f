import { DAY, MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, generation, usage } from '#tests/factories/account.ts';

const asOf = T + DAY;

describeRule('excess-return', [
  {
    name: 'more came back than was taken',
    book: { generations: [generation({ status: 'failed' })], entries: [usage(-48), usage(60)] },
    asOf,
    finds: [
      {
        subject: 'generation:gen_1',
        severity: 'low',
        confidence: 'confirmed',
        credits: 12,
        amount: undefined,
        since: T + MINUTE,
        evidence: ['generation:gen_1', 'ledgerEntry:le_use-48', 'ledgerEntry:le_use60'],
        facts: { returned: 60, charged: 48 },
      },
    ],
  },
  {
    name: 'exactly as much',
    book: { generations: [generation()], entries: [usage(-48), usage(48)] },
    asOf,
    finds: [],
  },
  { name: 'never touched', book: { generations: [generation()] }, asOf, finds: [] },
  {
    name: 'whatever its status',
    book: {
      generations: [generation({ status: 'running', finishedAt: null })],
      entries: [usage(1)],
    },
    asOf,
    finds: [{ since: T, credits: 1 }],
  },
  {
    name: 'its end may lie ahead',
    book: { generations: [generation({ finishedAt: asOf + 1 })], entries: [usage(1)] },
    asOf,
    finds: [{ since: asOf + 1 }],
  },
  { name: 'a return to an unseen generation', book: { entries: [usage(60)] }, asOf, finds: [] },
  {
    name: 'a generation that has not started is not seen',
    book: { generations: [generation({ startedAt: T + 1 })], entries: [usage(60)] },
    asOf: T,
    finds: [],
  },
]);
