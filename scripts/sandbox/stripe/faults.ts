import { z } from 'zod';

/** What can go wrong between a client and Stripe. `before` and `after`: the request is carried out or not. */
const FAULTS = [
  'reset_before',
  'reset_after',
  'lost_reply',
  'not_refundable',
  'hang_before',
  'hang_after',
  '500_after',
  '500_stored',
  '409_in_use',
  '429',
  'charge_already_refunded',
  'param_mismatch',
  '401',
  '403',
  '404',
  '400_no_such_charge',
  'pending',
  'later_failed',
  'truncated_json',
  'html_502',
  'slow',
  'key_pruned',
  'approval_required',
  'action_blocked',
  'bare_string',
  'no_object',
  'altered',
] as const;
/** @internal */
export type Fault = (typeof FAULTS)[number];

/** When a fault strikes: every condition that is given must hold. */
export const faultRule = z.strictObject({
  fault: z.enum(FAULTS),
  method: z.enum(['GET', 'POST', 'DELETE']).default('POST'),
  /** A path, or the beginning of one and `*`. */
  path: z.string().default('/v1/refunds'),
  /** The first of the matching requests that it strikes; 1 is the next one. */
  nth: z.int().positive().default(1),
  /** How many in a row. */
  times: z.int().positive().default(1),
  customer: z.string().optional(),
  charge: z.string().optional(),
  /** How long `slow` waits, and nothing is heard after `lost_reply`, in milliseconds. */
  ms: z.int().nonnegative().default(25_000),
  /** For `truncated_json` and `html_502`: whether the request is carried out. */
  done: z.boolean().default(true),
  /** For `altered`: what the answer says instead, member by member. */
  change: z.record(z.string(), z.unknown()).default({}),
});
export type FaultRule = z.output<typeof faultRule>;

export interface Struck {
  method: string;
  path: string;
  key: string | null;
  customer: string | null;
  charge: string | null;
}

const meets = (rule: FaultRule, request: Struck): boolean =>
  rule.method === request.method &&
  (rule.path.endsWith('*')
    ? request.path.startsWith(rule.path.slice(0, -1))
    : request.path === rule.path) &&
  (rule.customer === undefined || rule.customer === request.customer) &&
  (rule.charge === undefined || rule.charge === request.charge);

const SENTINEL = /^cus_fault_(.+)$/;

const isFault = (name: string): name is Fault => (FAULTS as readonly string[]).includes(name);

/**
 * The faults to come. Beside the rules there are sentinel customers: a refund of a charge of
 * `cus_fault_hang_after` suffers that fault once under each key.
 */
export class FaultScript {
  private rules: { rule: FaultRule; seen: number }[] = [];
  private readonly struckKeys = new Set<string>();

  add(rule: z.input<typeof faultRule>): void {
    this.rules.push({ rule: faultRule.parse(rule), seen: 0 });
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault that strikes a request, if one does; counts it. */
  pick(request: Struck): FaultRule | null {
    let struck: FaultRule | null = null;
    for (const each of this.rules) {
      if (!meets(each.rule, request)) continue;
      each.seen += 1;
      const { nth, times } = each.rule;
      if (each.seen >= nth && each.seen < nth + times) struck ??= each.rule;
    }
    this.rules = this.rules.filter(({ rule, seen }) => seen < rule.nth + rule.times - 1);
    return struck ?? this.sentinel(request);
  }

  private sentinel({ method, path, key, customer }: Struck): FaultRule | null {
    const name = (method === 'POST' && SENTINEL.exec(customer ?? '')?.[1]) || '';
    if (!isFault(name) || path !== '/v1/refunds' || key === null || this.struckKeys.has(key))
      return null;
    this.struckKeys.add(key);
    return faultRule.parse({ fault: name });
  }
}
