import { z } from 'zod';
import { rateCardSchema } from '#app/domain/money/rate-card.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { DEFAULT_LIMITS, limitsSchema } from '#app/domain/policy/approval-limits.ts';

/*
 * The policy is what the company promises in figures: how long credits may take, what a generation
 * costs. An administrator edits it as JSON with durations like `15m`; the rules read milliseconds.
 */

const UNIT_LENGTH = new Map([
  ['ms', 1],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
  ['d', DAY],
]);

const duration = z
  .string()
  .regex(/^\d{1,9}(?:ms|s|m|h|d)$/, 'write a whole number and a unit: 15m, 24h, 2d')
  .transform((text) => {
    const digits = /^\d+/.exec(text)?.[0] ?? '';
    // The pattern above leaves nothing but a unit behind the digits.
    return Number(digits) * (UNIT_LENGTH.get(text.slice(digits.length)) ?? Number.NaN);
  })
  .refine((length) => length <= 3_660 * DAY, 'is longer than ten years');

const failures = z.strictObject({ count: z.int().min(1).max(1_000), within: duration });

const DEFAULT_CUSTOMERS_AN_HOUR = { noticeAbove: 200, refuseAbove: 1_000 };

/** The policy JSON as stored and edited; parsing turns its durations into milliseconds. */
export const policySchema = z.strictObject({
  grace: z.strictObject({
    credit_pack: duration,
    renewal: duration,
    upgrade: duration,
    failedGeneration: duration,
    invoice: duration,
  }),
  duplicateWindow: duration,
  rateCard: rateCardSchema,
  refundBusinessDays: z.int().min(1).max(1_000),
  revokeWithin: duration,
  balanceTolerance: duration,
  failedPayments: failures,
  failedSetups: failures,
  /** How late a letter to a customer may leave by itself; a person decides on an older one. */
  letterAge: duration.prefault('72h'),
  /** Customers that one person may open within an hour before a lead is told, and at all. */
  customersAnHour: z
    .strictObject({
      noticeAbove: z.int().min(1).max(1_000_000),
      refuseAbove: z.int().min(1).max(1_000_000),
    })
    .default(DEFAULT_CUSTOMERS_AN_HOUR),
  /** Policies from before there were remedies name none. */
  limits: limitsSchema.default(DEFAULT_LIMITS),
});

type PolicyJson = z.input<typeof policySchema>;
/** Durations in milliseconds, rates in credits. */
export type Policy = z.output<typeof policySchema>;

/** @internal */
export const DEFAULT_POLICY_JSON: PolicyJson = {
  grace: {
    credit_pack: '15m',
    renewal: '15m',
    upgrade: '5m',
    failedGeneration: '5m',
    invoice: '2h',
  },
  duplicateWindow: '60m',
  rateCard: {
    image: { standard: 4, pro: 8 },
    resolution: { '1K': 1, '2K': 2, '4K': 3 },
    video: { standard: 10, pro: 20 },
    training: 400,
  },
  refundBusinessDays: 10,
  revokeWithin: '24h',
  balanceTolerance: '2m',
  failedPayments: { count: 3, within: '24h' },
  failedSetups: { count: 3, within: '24h' },
  letterAge: '72h',
  customersAnHour: DEFAULT_CUSTOMERS_AN_HOUR,
  limits: DEFAULT_LIMITS,
};

/** @internal */
export const DEFAULT_POLICY: Policy = policySchema.parse(DEFAULT_POLICY_JSON);

/** A policy and the instant from which it is in force. */
export interface PolicyVersion {
  appliesFrom: Instant;
  policy: Policy;
}

/**
 * The policy in force at an instant; before the first version the defaults stand.
 * @param versions sorted by `appliesFrom`; of equals the last one counts.
 */
export function policyAt(versions: readonly PolicyVersion[], instant: Instant): Policy {
  for (let i = versions.length - 1; i >= 0; i -= 1) {
    const version = versions[i];
    if (version !== undefined && version.appliesFrom <= instant) return version.policy;
  }
  return DEFAULT_POLICY;
}

/** When the policy changes next after an instant; null: never, as far as is known. */
export function nextPolicyChange(
  versions: readonly PolicyVersion[],
  instant: Instant,
): Instant | null {
  return versions.find(({ appliesFrom }) => appliesFrom > instant)?.appliesFrom ?? null;
}
