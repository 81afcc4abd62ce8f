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

const SENT = {
  gate: 'app/services/operations/process-operation.ts#processOperation',
  asks: 'app/services/operations/process-operation.ts#claimOperation',
  why: 'only the claimed step of an approved request is sent',
  inside: [
    'app/services/operations/execute-operation.ts#executeOperation',
    'app/services/operations/process-operation.ts#send',
    'app/services/operations/process-operation.ts#readBackOperation',
    'app/services/operations/process-operation.ts#applyNextAction',
  ],
};

const FOLLOWED = {
  gate: 'app/services/operations/apply-effects.ts#applyEffects',
  asks: 'app/services/operations/apply-effects.ts#auditOperation',
  why: 'what became of a claimed step, in the write that says so',
};

export const DOORS: readonly Door[] = [
  { power: 'outside: createRefund', ...SENT },
  { power: 'outside: postAdjustment', ...SENT },
  {
    ...{ power: 'outside: putHold', ...SENT },
    inside: [...SENT.inside, 'app/services/operations/execute-operation.ts#putHold'],
  },
  {
    power: 'outside: send',
    gate: 'app/services/mail/delivery/deliver-mail.ts#deliver',
    asks: 'db/queries/operations/mail.ts#claimMail',
    why: 'only what stands in the outbox, once',
  },
  {
    power: 'a letter let go by a person',
    gate: 'app/services/mail/delivery/resolve-held-mail.ts#write',
    asks: 'app/services/access/authorize-in-tx.ts#authorizeInTx',
    why: 'what waits for a person, by whoever may, composed anew by the outbox',
  },
  {
    power: 'mail to a customer',
    ...FOLLOWED,
    inside: ['app/services/mail/enqueue-mail.ts#enqueueMail'],
  },
  {
    power: 'a step to be sent',
    gate: 'app/services/requests/lifecycle/request-columns.ts#approveAndPlan',
    asks: 'app/services/requests/lifecycle/transition-request.ts#transitionRequest',
    why: 'the steps are there when the request is approved, and then only',
  },
  {
    ...{ power: 'a step to be sent', ...FOLLOWED },
    why: 'credits taken for a refund that came back are returned',
    inside: ['app/services/operations/apply-effects.ts#moveOn'],
  },
  {
    power: 'a step to be sent',
    gate: 'app/services/operations/manual-review/resolve-manual-review.ts#resolveManualReview',
    asks: 'app/domain/access/roles.ts#may',
    why: 'a return of such credits, of which finance has found that it never happened, is made anew',
    inside: [
      'app/services/operations/manual-review/resolve-manual-review.ts#didNotHappen',
      'app/services/operations/manual-review/resolve-manual-review.ts#sendBack',
      'app/services/operations/manual-review/resolve-manual-review.ts#returnOnceMore',
    ],
  },
  {
    power: 'a step made ready',
    ...FOLLOWED,
    inside: ['app/services/operations/apply-effects.ts#moveOn'],
  },
  {
    power: 'a request moved to approved',
    gate: 'app/services/requests/lifecycle/request-columns.ts#approveAndPlan',
    asks: 'app/services/requests/lifecycle/transition-request.ts#transitionRequest',
    why: 'together with its steps, which is a power of its own',
  },
  {
    power: 'a request moved to approved',
    gate: 'app/services/requests/approvals/decide-request.ts#decide',
    asks: 'app/services/requests/approvals/approval-eligibility.ts#loadEligibility',
    why: 'what somebody with the right wants',
    inside: ['app/services/requests/approvals/decide-request.ts#eventOf'],
  },
  {
    power: 'a request approved',
    gate: 'app/services/requests/approvals/decide-request.ts#decide',
    asks: 'app/services/requests/approvals/approval-eligibility.ts#loadEligibility',
    why: 'by people who may, of what they were shown',
    inside: [
      'app/services/requests/approvals/decide-request.ts#approve',
      'app/services/requests/approvals/record-approval.ts#recordApproval',
    ],
  },
  {
    power: 'a request approved',
    gate: 'app/services/requests/approvals/break-glass.ts#breakOpen',
    asks: 'app/services/requests/approvals/break-glass.ts#breakGlassEligibility',
    why: 'where nobody is left to decide, by two people, flagged',
  },
  {
    power: 'a request moved to approved',
    gate: 'app/services/requests/approvals/break-glass.ts#breakOpen',
    asks: 'app/services/requests/approvals/break-glass.ts#breakGlassEligibility',
    why: 'whether it could be approved at all',
  },
  {
    power: 'a request approved',
    gate: 'app/services/requests/lifecycle/create-request.ts#ask',
    asks: 'app/services/requests/evaluate/evaluate-request.ts#evaluateRequest',
    why: 'where the policy asks for nobody else',
  },
  {
    power: 'a request approved',
    gate: 'app/services/requests/lifecycle/edit-request.ts#edit',
    asks: 'app/services/requests/evaluate/evaluate-request.ts#evaluateRequest',
    why: 'where the policy asks for nobody else',
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: 'app/services/import/import-book.ts#importBook',
    asks: 'app/services/import/check-blocks.ts#checkBlocks',
    why: 'the import and the ingest of what the product and Stripe say',
    inside: [
      'app/services/import/write-blocks.ts#writeTogether',
      'app/services/import/write-blocks.ts#writeBlocks',
      'db/queries/book/write-watermarks.ts#writeMarks',
    ],
  },
  {
    ...{ power: 'rows of the book, the ledger among them', ...FOLLOWED },
    inside: ['app/services/import/save-records.ts#saveRecords'],
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: 'app/services/stripe/apply-external-refund.ts#upsertExternalRefund',
    asks: 'app/services/stripe/apply-refund.ts#stepOf',
    why: 'refunds that Stripe says were made elsewhere, never one that a step of ours has made',
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: 'app/services/stripe/apply-external-refund.ts#recomputeRefundTotals',
    asks: 'db/queries/requests/request-sums.ts#refundsInBook',
    why: 'what the refunds of the book add up to, where Stripe says the same',
  },
  {
    power: 'rows of the book, the ledger among them',
    gate: 'app/services/restore/compare-credits.ts#creditsForgotten',
    asks: 'app/services/operations/ledger-entry-result.ts#entriesOfSteps',
    why: 'what the product has booked under the ids of our steps, before the database was restored',
    inside: ['app/services/restore/compare-credits.ts#takeEntry'],
  },
];
