import { DAY, MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, generation, usage } from '#tests/factories/account.ts';

const finishedAt = T + MINUTE;
const late = finishedAt + 5 * MINUTE;
const failed = [generation({ status: 'failed' })];
const kept = { generations: failed, entries: [usage(-48)] };

describeRule('failed-generation-charge', [
  {
    name: 'is silent one millisecond before the grace ends',
    book: kept,
    asOf: late - 1,
    finds: [],
  },
  {
    name: 'speaks when the grace ends',
    book: kept,
    asOf: late,
    finds: [
      {
        subject: 'generation:gen_1',
        severity: 'medium',
        confidence: 'confirmed',
        credits: 48,
        amount: undefined,
        since: finishedAt,
        evidence: ['generation:gen_1', 'ledgerEntry:le_use-48'],
      },
    ],
  },
  {
    name: 'a failed generation whose credits came back in two parts',
    book: { generations: failed, entries: [usage(-48), usage(20), usage(28)] },
    asOf: late,
    finds: [],
  },
  {
    name: 'tells what is still kept',
    book: { generations: failed, entries: [usage(-48), usage(20)] },
    asOf: late,
    finds: [{ credits: 28, facts: { charged: 48, returned: 20 } }],
  },
  {
    name: 'counts entries of any kind',
    book: { generations: failed, entries: [usage(-48), usage(48, { kind: 'adjustment' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'hides a return after asOf',
    book: { generations: failed, entries: [usage(-48), usage(48, { occurredAt: late + 1 })] },
    asOf: late,
    finds: [{ credits: 48 }],
  },
  {
    name: 'costs nothing, says nothing',
    book: { generations: failed, entries: [usage(-48, { generationId: 'other' })] },
    asOf: late,
    finds: [],
  },
  {
    name: 'a succeeded one may cost',
    book: { generations: [generation()], entries: [usage(-48)] },
    asOf: late,
    finds: [],
  },
  {
    name: 'a canceled one is not a failed one',
    book: { generations: [generation({ status: 'canceled' })], entries: [usage(-48)] },
    asOf: late,
    finds: [],
  },
  {
    name: 'no end known, no judgement',
    book: {
      generations: [generation({ status: 'failed', finishedAt: null })],
      entries: [usage(-48)],
    },
    asOf: T + DAY,
    finds: [],
  },
  {
    name: 'an end after asOf has not come',
    book: {
      generations: [generation({ status: 'failed', finishedAt: late + 1 })],
      entries: [usage(-48)],
    },
    asOf: late,
    finds: [],
  },
  {
    name: 'hides a generation that starts after asOf',
    book: {
      generations: [generation({ status: 'failed', startedAt: late + 1 })],
      entries: [usage(-48)],
    },
    asOf: late,
    finds: [],
  },
  {
    name: 'waits for the ledger',
    book: kept,
    asOf: T + DAY,
    streams: { ledger: late - 1 },
    finds: [],
    waits: ['generation:gen_1'],
  },
  {
    name: 'needs the ledger to the grace',
    book: kept,
    asOf: T + DAY,
    streams: { ledger: late },
    finds: ['generation:gen_1'],
  },
  {
    name: 'waits for a ledger not imported only where it would speak',
    book: { generations: failed },
    asOf: T + DAY,
    streams: { ledger: null },
    finds: [],
  },
]);
