import type { DemoCase } from '#scripts/demo-book/cases/case.ts';
import { REFUND_CASES } from '#scripts/demo-book/cases/cases-refunds.ts';
import { RULE_CASES } from '#scripts/demo-book/cases/cases-rules.ts';
import { SIGHT_CASES } from '#scripts/demo-book/cases/cases-sights.ts';
import { TRAP_CASES } from '#scripts/demo-book/cases/cases-traps.ts';

/**
 * The customers of the demo book that have a story: one for each rule, some whose refunds do not go
 * smoothly, one for each thing that must not be flagged, and some worth looking at.
 */
export const DEMO_CASES: readonly DemoCase[] = [
  ...RULE_CASES,
  ...REFUND_CASES,
  ...TRAP_CASES,
  ...SIGHT_CASES,
];
