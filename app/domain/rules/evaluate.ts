import { AccountView } from '#app/domain/book/account-view.ts';
import type { Book, StreamsKnown } from '#app/domain/book/book.ts';
import { compareIds } from '#app/domain/book/order.ts';
import type { Instant } from '#app/lib/instant.ts';
import { nextPolicyChange } from '#app/domain/policy/policy.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import { countUnpriced } from '#app/domain/rules/overcharged-generation.ts';
import { RULES } from '#app/domain/rules/registry.ts';
import type { Finding, RuleAnswer, Undecided } from '#app/domain/rules/rule.ts';
import { EarliestAfter } from '#app/domain/time/earliest-after.ts';

/** What a rule sees beside one customer's records. */
export interface RuleContext {
  /** Sorted by `appliesFrom`. */
  policies: readonly PolicyVersion[];
  streams: StreamsKnown;
}

export interface Evaluation {
  /** In the order of the rules, then of their subjects. */
  findings: Finding[];
  /** Would be findings if the stream they need were known far enough. */
  undecided: Undecided[];
  /** With no new record, the answer stays the same until just before here; null: for good. */
  nextCheck: Instant | null;
  /** The least that each stream must be known to before anything undecided can be decided; null: nothing waits. */
  waits: { ledger: Instant | null; invoices: Instant | null };
  /** Succeeded generations that the rate card does not price. */
  unpriced: number;
}

/** All rules over one customer's book as it was at `asOf`. Pure. */
export function evaluate(book: Book, world: RuleContext, asOf: Instant): Evaluation {
  const steps = evaluateInSteps(book, world, asOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same rule by rule: a large book takes long, and its caller may do other work between two of them. */
export function* evaluateInSteps(
  book: Book,
  world: RuleContext,
  asOf: Instant,
): Generator<void, Evaluation> {
  const view = new AccountView(book, world.policies, world.streams, asOf);
  yield* view.prepare();
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  const soonest = new EarliestAfter(asOf);
  soonest.consider(view.nextChange);
  soonest.consider(nextPolicyChange(world.policies, asOf));
  for (const rule of RULES) {
    const answer: RuleAnswer = rule.find(view);
    // Not by spreading: a broken rate card can find more than a call takes arguments.
    for (const finding of bySubject(answer.findings)) findings.push(finding);
    for (const waiting of bySubject(answer.undecided)) undecided.push(waiting);
    yield;
    soonest.consider(rule.nextCheck(view));
    yield;
  }
  return {
    findings,
    undecided,
    nextCheck: soonest.instant,
    waits: { ledger: waitOf(undecided, 'ledger'), invoices: waitOf(undecided, 'invoices') },
    unpriced: countUnpriced(view),
  };
}

function bySubject<T extends { subject: string }>(answers: readonly T[]): readonly T[] {
  return answers.length < 2
    ? answers
    : answers.toSorted((a, b) => compareIds(a.subject, b.subject));
}

function waitOf(undecided: readonly Undecided[], stream: Undecided['stream']): Instant | null {
  let least: Instant | null = null;
  for (const { stream: needed, until } of undecided) {
    if (needed === stream && (least === null || until < least)) least = until;
  }
  return least;
}
