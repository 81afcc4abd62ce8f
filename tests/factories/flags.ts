import type { Flag, FlagFinding } from '#app/domain/flags/flag.ts';

/** A flag's finding: $49.00 captured bought 5,000 credits, none have come. */
export const flagFinding = (change: Partial<FlagFinding> = {}): FlagFinding => ({
  rule: 'missing-credits',
  subject: 'payment:ch_1',
  customerId: 'org_1',
  severity: 'high',
  confidence: 'confirmed',
  credits: 5_000,
  amount: null,
  currency: null,
  atRisk: 4_900,
  atRiskCurrency: 'usd',
  since: 1_000,
  evidence: ['payment:ch_1'],
  facts: { bought: 5_000 },
  ...change,
});

export const openFlag = (change: Partial<Flag> = {}): Flag => ({
  ...flagFinding(),
  id: 'flg_1',
  state: 'open',
  openedAt: 2_000,
  closedAt: null,
  reason: null,
  snoozedUntil: null,
  assigneeId: null,
  changedAt: 2_000,
  version: 1,
  ...change,
});
