import type { NaiveFinding, Seen } from '#tests/oracle/naive-types.ts';
import { balanceAt, openingBalance } from '#tests/oracle/ledger-words.ts';
import { iso } from '#tests/oracle/order-words.ts';
import { duration } from '#tests/oracle/policy-words.ts';

/** Where the balance last fell below zero; the first entry's instant where it never was above. */
function fellBelowAt(seen: Seen): number | undefined {
  let balance = openingBalance(seen);
  let fell: number | undefined = balance < 0n ? seen.entries[0]?.occurredAt : undefined;
  for (const entry of seen.entries) {
    const before = balance;
    balance += BigInt(entry.credits);
    if (before >= 0n && balance < 0n) fell = entry.occurredAt;
  }
  return fell;
}

export function negativeBalance(seen: Seen): NaiveFinding[] {
  const balance = balanceAt(seen, seen.asOf);
  const since = fellBelowAt(seen);
  if (balance >= 0n || since === undefined) return [];
  const evidence: string[] = [];
  for (const generation of seen.generations) {
    if (generation.startedAt >= since) evidence.push(`generation:${generation.id}`);
  }
  return [
    {
      rule: 'negative-balance',
      customerId: seen.customerId,
      subject: `customer:${seen.customerId}`,
      severity: 'critical',
      confidence: 'confirmed',
      credits: Number(-balance),
      since: iso(since),
      evidence,
    },
  ];
}

export function balanceMismatch(seen: Seen): NaiveFinding[] {
  if (seen.customer === undefined) return [];
  const { reportedBalance, reportedBalanceAt } = seen.customer;
  if (reportedBalance === null || reportedBalanceAt === null) return [];
  const tolerance = duration(seen.policy.balanceTolerance);
  if (seen.asOf < reportedBalanceAt + tolerance) return [];
  for (const entry of seen.entries) {
    if (Math.abs(entry.occurredAt - reportedBalanceAt) <= tolerance) return [];
  }
  const difference = BigInt(reportedBalance) - balanceAt(seen, reportedBalanceAt);
  if (difference === 0n) return [];
  return [
    {
      rule: 'balance-mismatch',
      customerId: seen.customerId,
      subject: `customer:${seen.customerId}`,
      severity: 'medium',
      confidence: 'confirmed',
      credits: Number(difference),
      since: iso(reportedBalanceAt),
    },
  ];
}

export function ledgerGap(seen: Seen): NaiveFinding[] {
  for (let i = 1; i < seen.entries.length; i += 1) {
    const before = seen.entries[i - 1];
    const entry = seen.entries[i];
    if (before === undefined || entry === undefined) continue;
    if (before.balanceAfter === null || entry.balanceAfter === null) continue;
    const expected = BigInt(before.balanceAfter) + BigInt(entry.credits);
    if (BigInt(entry.balanceAfter) === expected) continue;
    return [
      {
        rule: 'ledger-gap',
        customerId: seen.customerId,
        subject: `ledgerEntry:${entry.id}`,
        severity: 'high',
        confidence: 'confirmed',
        since: iso(entry.occurredAt),
      },
    ];
  }
  return [];
}
