import * as fc from 'fast-check';
import { HOUR, SECOND } from '#app/lib/instant.ts';
import type { AdjustmentCause, CreditChoice, RefundGround } from '#app/domain/requests/request.ts';

/* Everything that can happen to the remedies of one payment and one generation. */

export const PRICE = 4_900;
export const BOUGHT = 5_000;
/** What the failed generation was charged. */
export const CHARGED = 24;

export type Wish =
  | { kind: 'refund'; amount: number; ground: RefundGround; choice: CreditChoice }
  | { kind: 'payment'; credits: number; cause: AdjustmentCause }
  | { kind: 'generation'; credits: number; cause: AdjustmentCause };

const refund = fc.record({
  kind: fc.constant('refund' as const),
  amount: fc.constantFrom(PRICE, PRICE, PRICE / 2, 1_633, 1),
  ground: fc.constantFrom<RefundGround[]>('technical_issue', 'duplicate_charge', 'other'),
  choice: fc.constantFrom<CreditChoice[]>('keep', 'take_back_unspent', 'take_back_all'),
});
const grant = fc.record({
  kind: fc.constant('payment' as const),
  credits: fc.constantFrom(BOUGHT, BOUGHT, BOUGHT / 2, 400, 1),
  cause: fc.constantFrom<AdjustmentCause[]>('missing_credits', 'missing_credits', 'other'),
});
const revocation = fc.record({
  kind: fc.constant('payment' as const),
  credits: fc.constantFrom(-BOUGHT, -BOUGHT / 2, -300),
  cause: fc.constantFrom<AdjustmentCause[]>('excess_credits', 'other'),
});
const ofGeneration = fc.record({
  kind: fc.constant('generation' as const),
  credits: fc.constantFrom(CHARGED, CHARGED, CHARGED / 2, -CHARGED, -CHARGED / 2),
  cause: fc.constantFrom<AdjustmentCause[]>('failed_generation', 'other', 'excess_credits'),
});
const wish: fc.Arbitrary<Wish> = fc.oneof(refund, refund, grant, grant, revocation, ofGeneration);

const which = fc.nat(7);
const does = <K extends string>(what: K) => ({ do: fc.constant(what) });

const asks = fc.record({ ...does('ask'), wish });
/** From the wish to its end, so that others meet what is done. */
const carriesOut = fc.record({ ...does('carry out'), wish });
/** Two people in the same moment. */
const asksAtOnce = fc.record({ ...does('ask two'), wish, other: wish });
const approvals = fc.record({ ...does('approve'), which });
const approvalsAtOnce = fc.record({ ...does('approve two'), which, other: which });
const edits = fc.record({ ...does('edit'), which, part: fc.constantFrom(1, 2, 3) });
const ends = fc.record({
  ...{ ...does('end'), which, how: fc.constantFrom('reject' as const, 'withdraw' as const) },
});
const sends = fc.record(does('send'));
const waits = fc.record({ ...does('wait'), ms: fc.constantFrom(2 * SECOND, HOUR, 25 * HOUR) });
/** What others do, of which the console learns from Stripe or by import. */
const refundElsewhere = fc.record({
  ...{ ...does('refund elsewhere'), amount: fc.constantFrom(PRICE, PRICE / 2, 100) },
});
const deliveries = fc.record({
  ...{ ...does('deliver'), credits: fc.constantFrom(BOUGHT, BOUGHT / 2) },
});
const corrections = fc.record({
  ...{ ...does('correct'), credits: fc.constantFrom(BOUGHT, BOUGHT / 2, -BOUGHT / 2, -300) },
});
const returns = fc.record({
  ...{ ...does('return elsewhere'), credits: fc.constantFrom(CHARGED, CHARGED / 2) },
});
const failures = fc.record({ ...does('refund fails'), which });

const byPeople = [
  asks,
  asks,
  asks,
  carriesOut,
  carriesOut,
  asksAtOnce,
  approvals,
  approvals,
  approvalsAtOnce,
] as const;
const further = [edits, ends, sends, sends, sends, waits, failures] as const;
const elsewhere = [refundElsewhere, deliveries, corrections, returns] as const;

/** What has come of the payment before anybody asks for anything. */
const start = fc.constantFrom(0, 0, BOUGHT / 2, BOUGHT);
const size = { minLength: 8, maxLength: 18 };

/** Half of the sequences are the console's alone: their end can be judged without knowing how it came. */
export const sequences = fc.oneof(
  fc.record({
    alone: fc.constant(true),
    came: start,
    acts: fc.array(fc.oneof(...byPeople, ...further), size),
  }),
  fc.record({
    alone: fc.constant(false),
    came: start,
    acts: fc.array(fc.oneof(...byPeople, ...further, ...elsewhere), size),
  }),
);
type Of<T> = T extends fc.Arbitrary<infer S> ? S : never;
export type Sequence = Of<typeof sequences>;
export type Act = Sequence['acts'][number];
