import type { Dialect } from '#db/dialect/dialect.ts';
import type { WitnessName } from '#tests/reliability/scenarios/witnesses.ts';

interface Edit {
  file: string;
  /** Stands in the file exactly once. */
  find: string;
  put: string;
}
export interface Mutation {
  bug: string;
  /** Where the bug is another one on either database. */
  on?: Dialect;
  edits: readonly Edit[];
  /** The battery that must report it. */
  witness: WitnessName;
}

const WORK = 'app/services/operations/process-operation.ts';
const STEPS = 'db/queries/operations/operation-steps.ts';
const TAKE = 'app/services/stripe/apply-refund.ts';
const MIGRATIONS = 'db/migrations';
const OPERATION = 'app/domain/operations/operation.ts';

const withoutLock = (index: Edit): readonly Edit[] => [
  {
    file: STEPS,
    find: "if (due.kind === 'stripe_refund' && (await otherSends(tx, due)) > 0) return null;",
    put: 'await otherSends(tx, due);',
  },
  index,
];

/** Twelve bugs that somebody might make, each with the battery that is there to find it. */
export const MUTATIONS: readonly Mutation[] = [
  {
    ...{ bug: 'drop the lock', on: 'sqlite', witness: 'over-refunds' },
    edits: withoutLock({
      file: `${MIGRATIONS}/sqlite/0003_requests.sql`,
      find: 'CREATE UNIQUE INDEX `operation_sending_refund`',
      put: 'CREATE INDEX `operation_sending_refund`',
    }),
  },
  {
    ...{ bug: 'drop the lock', on: 'postgres', witness: 'over-refunds' },
    edits: withoutLock({
      file: `${MIGRATIONS}/postgres/0003_requests.sql`,
      find: 'CREATE UNIQUE INDEX "operation_sending_refund"',
      put: 'CREATE INDEX "operation_sending_refund"',
    }),
  },
  {
    ...{ bug: 'deferred transaction', on: 'sqlite', witness: 'asking-at-once' },
    edits: [
      { file: 'db/sqlite.ts', find: "writer.exec('begin immediate')", put: "writer.exec('begin')" },
    ],
  },
  {
    ...{ bug: 'deferred transaction', on: 'postgres', witness: 'asking-at-once' },
    edits: [
      {
        file: 'db/postgres.ts',
        find: "const BEGIN = 'begin isolation level serializable';",
        put: "const BEGIN = 'begin isolation level read committed';",
      },
    ],
  },
  {
    ...{ bug: 'new key per retry', witness: 'retries' },
    edits: [
      {
        file: WORK,
        find: "case 'send_again':\n      return send(turn, held.attempt);",
        put: "case 'send_again':\n      return send(turn, held.attempt + 1);",
      },
    ],
  },
  {
    ...{ bug: 'key from amount', witness: 'retries' },
    edits: [
      {
        file: WORK,
        find: 'const idempotencyKey = idempotencyKeyOf(held.kind, held.id, attempt);',
        put: 'const idempotencyKey = `refund:${held.paymentId}:${held.amount}:${attempt}`;',
      },
    ],
  },
  {
    ...{ bug: 'mark failed on timeout', witness: 'unknown-outcomes' },
    edits: [
      {
        file: 'app/domain/operations/outcome.ts',
        find: "case 'unknown': {\n",
        put: "case 'unknown': {\n      if (!outcome.serverError) return failedBy(outcome.words);\n",
      },
    ],
  },
  {
    ...{ bug: 'send before commit', witness: 'retries' },
    edits: [
      {
        file: WORK,
        find: '  const sent = await deps.store.write(async (tx) => {',
        put: '  const early = await executeOperation(deps, held);\n  const sent = await deps.store.write(async (tx) => {',
      },
      {
        file: WORK,
        find: 'const tried = await executeOperation(deps, sent);',
        put: 'const tried = early;',
      },
    ],
  },
  {
    ...{ bug: 'skip read-back', witness: 'pruned-key' },
    edits: [
      {
        file: OPERATION,
        find: "return { kind: firstSentAt === null ? 'send' : 'read_back' };",
        put: "return { kind: firstSentAt === null ? 'send' : 'send' };",
      },
    ],
  },
  {
    ...{ bug: 'count failed refunds', witness: 'late-failure' },
    edits: [
      {
        file: 'app/domain/remedies/charge-facts.ts',
        find: 'refunds.reduce((sum, { amount, undone }) => (undone ? sum : sum + amount), 0);',
        put: 'refunds.reduce((sum, { amount }) => sum + amount, 0);',
      },
    ],
  },
  {
    ...{ bug: 'reconcile without compare-and-set', witness: 'reconcile-race' },
    edits: [
      {
        file: TAKE,
        find: 'laterStatus(step.externalStatus, reported);',
        put: 'refund.statusAtStripe ?? laterStatus(step.externalStatus, reported);',
      },
    ],
  },
  {
    ...{ bug: 'retry after 24 h', witness: 'pruned-key' },
    edits: [{ file: OPERATION, find: 'KEY_LIFE = 23 * HOUR', put: 'KEY_LIFE = 230 * HOUR' }],
  },
  {
    ...{ bug: 'ignore 409', witness: 'still-at-work' },
    edits: [
      {
        file: 'app/services/operations/execution-result.ts',
        find: "if (sent.why === 'in_use') return { kind: 'busy', words };",
        put: "if (sent.why === 'in_use') return { kind: 'refused', words };",
      },
    ],
  },
  {
    ...{ bug: 'approve without hash', witness: 'changed-fields' },
    edits: [
      {
        file: 'app/services/requests/approvals/decide-request.ts',
        find: 'if (!matchesHash(request) || deciding.hash !== request.contentHash) {',
        put: 'if (!matchesHash(request) && deciding.hash !== request.contentHash) {',
      },
    ],
  },
];

export const mutationsOn = (dialect: Dialect): readonly Mutation[] =>
  MUTATIONS.filter(({ on }) => on === undefined || on === dialect);
