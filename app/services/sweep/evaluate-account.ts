import type { Book } from '#app/domain/book/book.ts';
import { flagFinding } from '#app/domain/flags/flag-finding.ts';
import type { FlagFinding } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { Evaluation, RuleContext } from '#app/domain/rules/evaluate.ts';
import { addGenerationFacts } from '#app/services/sweep/add-generation-facts.ts';
import type { Deps } from '#app/services/deps.ts';
import { loadRuleContext } from '#app/services/policy/load-rule-context.ts';
import { loadBooks } from '#db/queries/book/books.ts';

export interface LiveAccount {
  asOf: Instant;
  world: RuleContext;
  book: Book;
  evaluation: Evaluation;
  /** The evaluation's findings with what flags keep of them, in the same order. */
  findings: FlagFinding[];
}

/**
 * One customer's account as it was, or will be, at an instant; writes nothing. A customer that no
 * record mentions has an empty book.
 * @param asOf default: now.
 */
export const evaluateAccount = async (
  deps: Pick<Deps, 'store' | 'now'>,
  customerId: string,
  asOf: Instant = deps.now(),
): Promise<LiveAccount> => {
  const world = await loadRuleContext(deps.store.read);
  const [book] = await loadBooks(deps.store.read, { ids: [customerId], range: false });
  if (book === undefined) throw new Error('a batch of one customer has one book');
  const evaluation = evaluate(book, world, asOf);
  const findings = evaluation.findings.map((finding) => flagFinding(finding, book, asOf));
  await addGenerationFacts(deps, findings);
  return { asOf, world, book, evaluation, findings };
};
