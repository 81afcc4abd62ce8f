/*
 * Every way to a power, as it is meant to be: the gate that must be passed, what the gate itself must
 * ask, and the functions between the gate and the power. Whatever else comes near a power is a back door.
 */
export interface Door {
  power: string;
  gate: string;
  /** What the gate names, because it is what makes it one. */
  asks: string;
  why: string;
  inside?: string[];
}

const money = (name: string): string => `app/services/money/${name}`;

const SENT = {
  gate: money('work-on-step.ts#workOnStep'),
  asks: money('claim-operation.ts#claimOperation'),
  why: 'only the claimed step of an approved request is sent',
  inside: [
    money('call-outside.ts#callOutside'),
    money('work-on-step.ts#send'),
    money('work-on-step.ts#lookUp'),
    money('work-on-step.ts#goOn'),
  ],
};

const FOLLOWED = {
  gate: money('follow-up.ts#followUp'),
  asks: money('follow-up.ts#auditStep'),
  why: 'what became of a claimed step, in the write that says so',
};

export const DOORS: readonly Door[] = [
  { power: 'outside: createRefund', ...SENT },
  { power: 'outside: postAdjustment', ...SENT },
  {
    ...{ power: 'outside: putHold', ...SENT },
    inside: [...SENT.inside, money('call-outside.ts#putHold')],
  },
  {
    power: 'outside: send',
    gate: money('deliver-mail.ts#deliver'),
    asks: 'db/queries/mail.ts#claimMail',
    why: 'only what stands in the outbox, once',
  },
  {
    power: 'a letter let go by a person',
    gate: money('answer-letter.ts#write'),
    asks: money('person-in-write.ts#allowedInWrite'),
    why: 'what waits for a person, by whoever may, composed anew by the outbox',
  },
  { power: 'mail to a customer', ...FOLLOWED, inside: [money('tell-customer.ts#tellCustomer')] },
  {
    power: 'a step to be sent',
    gate: money('write-content.ts#approveWithSteps'),
    asks: money('move-request.ts#moveRequest'),
    why: 'the steps are there when the request is approved, and then only',
  },
  {
    ...{ power: 'a step to be sent', ...FOLLOWED },
    why: 'credits taken for a refund that came back are returned',
    inside: [money('follow-up.ts#moveOn')],
  },
  {
    power: 'a step to be sent',
    gate: money('resolve-review.ts#resolveReview'),
    asks: 'app/domain/roles.ts#may',
    why: 'a return of such credits, of which finance has found that it never happened, is made anew',
    inside: ['didNotHappen', 'sendBack', 'returnOnceMore'].map((name) =>
      money(`resolve-review.ts#${name}`),
    ),
  },
  { power: 'a step made ready', ...FOLLOWED, inside: [money('follow-up.ts#moveOn')] },
  {
    power: 'a request moved to approved',
    gate: money('write-content.ts#approveWithSteps'),
    asks: money('move-request.ts#moveRequest'),
    why: 'together with its steps, which is a power of its own',
  },
  {
    power: 'a request moved to approved',
    gate: money('decide-request.ts#decide'),
    asks: money('decision-right.ts#rightToDecide'),
    why: 'what somebody with the right wants',
    inside: [money('decide-request.ts#eventOf')],
  },
  {
    power: 'a request approved',
    gate: money('decide-request.ts#decide'),
    asks: money('decision-right.ts#rightToDecide'),
    why: 'by people who may, of what they were shown',
    inside: [money('decide-request.ts#approve'), money('take-approval.ts#countApproval')],
  },
  {
    power: 'a request approved',
    gate: money('break-glass.ts#breakOpen'),
    asks: money('glass-right.ts#rightToBreak'),
    why: 'where nobody is left to decide, by two people, flagged',
  },
  {
    power: 'a request moved to approved',
    gate: money('break-glass.ts#breakOpen'),
    asks: money('glass-right.ts#rightToBreak'),
    why: 'whether it could be approved at all',
  },
  {
    power: 'a request approved',
    gate: money('request-remedy.ts#ask'),
    asks: money('weigh-remedy.ts#weighRemedy'),
    why: 'where the policy asks for nobody else',
  },
  {
    power: 'a request approved',
    gate: money('edit-request.ts#edit'),
    asks: money('weigh-remedy.ts#weighRemedy'),
    why: 'where the policy asks for nobody else',
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: 'app/services/import-book/import-book.ts#importBook',
    asks: 'app/services/import-book/check-blocks.ts#checkBlocks',
    why: 'the import and the ingest of what the product and Stripe say',
    inside: [
      'app/services/import-book/write-blocks.ts#writeTogether',
      'app/services/import-book/write-blocks.ts#writeBlocks',
      'db/queries/write-marks.ts#writeMarks',
    ],
  },
  {
    ...{ power: 'rows of the book, the ledger among them', ...FOLLOWED },
    inside: [money('take-into-book.ts#takeIntoBook')],
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: money('take-elsewhere.ts#takeElsewhere'),
    asks: money('take-refund.ts#stepOf'),
    why: 'refunds that Stripe says were made elsewhere, never one that a step of ours has made',
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: money('take-elsewhere.ts#takeFigures'),
    asks: 'db/queries/request-sums.ts#refundsInBook',
    why: 'what the refunds of the book add up to, where Stripe says the same',
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: 'app/services/restore/compare-credits.ts#creditsForgotten',
    asks: money('our-entries.ts#entriesOfSteps'),
    why: 'what the product has booked under the ids of our steps, before the database was restored',
    inside: ['app/services/restore/compare-credits.ts#takeEntry'],
  },
];
