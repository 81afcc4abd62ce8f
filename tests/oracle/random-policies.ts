import fc from 'fast-check';
import type { NaivePolicy, NaivePolicyVersion } from '#tests/oracle/naive-types.ts';
import { instants } from '#tests/oracle/random-values.ts';

/** The documented defaults. */
export const DEFAULT_NAIVE_POLICY: NaivePolicy = {
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
};

const changed: fc.Arbitrary<NaivePolicy> = fc
  .record({
    grace: fc.record({
      credit_pack: fc.constantFrom('15m', '16m', '1m', '24h'),
      renewal: fc.constantFrom('15m', '2h'),
      upgrade: fc.constantFrom('5m', '1m'),
      failedGeneration: fc.constantFrom('5m', '4m', '1h'),
      invoice: fc.constantFrom('2h', '3h', '15m'),
    }),
    duplicateWindow: fc.constantFrom('60m', '1m', '24h'),
    rateCard: fc.record({
      image: fc.constantFrom<Record<string, number>>(
        { standard: 4, pro: 8 },
        { standard: 3 },
        { standard: 5, ultra: 4 },
      ),
      resolution: fc.constantFrom<Record<string, number>>(
        { '1K': 1, '2K': 2, '4K': 3 },
        { '1K': 1, '2K': 3 },
      ),
      video: fc.constantFrom<Record<string, number>>(
        { standard: 10, pro: 20 },
        { standard: 11, pro: 19 },
      ),
      training: fc.constantFrom(400, 399),
    }),
    refundBusinessDays: fc.constantFrom(10, 9, 1),
    revokeWithin: fc.constantFrom('24h', '1h'),
    balanceTolerance: fc.constantFrom('2m', '1m'),
    failedPayments: fc.record({
      count: fc.constantFrom(3, 2),
      within: fc.constantFrom('24h', '1h'),
    }),
    failedSetups: fc.record({ count: fc.constantFrom(3, 2), within: fc.constantFrom('24h', '1h') }),
  })
  .map((policy): NaivePolicy => policy);

/** The defaults since ever, and up to two later versions from different instants. */
export const randomPolicies = (asOf: number): fc.Arbitrary<NaivePolicyVersion[]> =>
  fc
    .uniqueArray(fc.record({ appliesFrom: instants(asOf), policy: changed }), {
      selector: (version) => version.appliesFrom,
      maxLength: 2,
    })
    .map((later) => [{ appliesFrom: 0, policy: DEFAULT_NAIVE_POLICY }, ...later]);
