import type { RequestContent } from '#app/domain/requests/request.ts';
import { ruleById } from '#app/domain/rules/registry.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';

/** What customers were told that a remedy makes good: in our words, and the help article's own line. */
export interface PolicyBasis {
  says: string;
  line: string;
}

const REFUNDS = 'Refunds cover technical issues that prevent use.';

/** The rule whose promise was broken, where a ground or a cause is a rule's. */
const RULES: Partial<Record<string, RuleId>> = {
  duplicate_charge: 'duplicate-charge',
  charge_after_cancellation: 'charge-after-cancellation',
  missing_credits: 'missing-credits',
  failed_generation: 'failed-generation-charge',
  overcharged_generation: 'overcharged-generation',
  negative_balance: 'negative-balance',
  excess_credits: 'excess-credits',
};

/** The promise behind the ground of a request; null: customers were promised nothing of the kind. */
export function policyBasisOf(content: RequestContent): PolicyBasis | null {
  if (content.kind === 'generation_hold') {
    return {
      says: ruleById('negative-balance').promise.says,
      line: 'Don’t generate until resolved',
    };
  }
  const ground = content.kind === 'refund' ? content.ground : content.cause;
  if (ground === 'technical_issue') {
    return { says: REFUNDS, line: 'Technical issues preventing use' };
  }
  const rule = RULES[ground];
  return rule === undefined ? null : ruleById(rule).promise;
}
