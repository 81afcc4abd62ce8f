import * as fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Fault } from '#scripts/sandbox/stripe/faults.ts';
import {
  approve,
  ask,
  compare,
  edit,
  expire,
  hear,
  refundElsewhere,
  reject,
  review,
  send,
  settle,
  track,
  wait,
  withdraw,
} from '#tests/reliability/scenarios/model/acts.ts';
import { checkState } from '#tests/reliability/scenarios/model/check-state.ts';
import { CAPTURED } from '#tests/reliability/scenarios/model/real-console.ts';
import type { RealConsole } from '#tests/reliability/scenarios/model/real-console.ts';
import type { Wishes } from '#tests/reliability/scenarios/model/wishes.ts';

export type Command = fc.AsyncCommand<Wishes, RealConsole>;

/** Those that are over at once: the test's clock does not wait for a slow server. */
const FAULTS = [
  ...['reset_before', 'reset_after', 'hang_before', 'hang_after', '500_after', '500_stored'],
  ...['409_in_use', '429', 'charge_already_refunded', 'param_mismatch', '401', 'pending'],
  ...['later_failed', 'truncated_json', 'html_502', 'key_pruned'],
] as readonly Fault[]; // A part of the sandbox's own list.

const command = <A>(
  name: string,
  args: fc.Arbitrary<A>,
  act: (model: Wishes, real: RealConsole, args: A) => Promise<void>,
): fc.Arbitrary<Command> =>
  args.map((given) => ({
    check: () => true,
    run: async (model, real) => {
      await act(model, real, given);
      await checkState(model, real);
    },
    toString: () => `${name}(${given === undefined ? '' : JSON.stringify(given)})`,
  }));

const which = fc.nat(7);
const charge = fc.nat(1);
const amount = fc.oneof(
  fc.integer({ min: 1, max: CAPTURED }),
  fc.integer({ min: 1, max: 300 }),
  fc.constantFrom(300, CAPTURED),
);
const crashAt = fc.option(fc.integer({ min: 1, max: 16 }), { freq: 3 });

const asking = fc.record({
  charge,
  amount,
  ground: fc.constantFrom(
    ...(['technical_issue', 'duplicate_charge', 'charge_after_cancellation'] as const),
  ),
  choice: fc.constantFrom(...(['keep', 'take_back_all', 'take_back_unspent'] as const)),
});
const sending = fc.record({
  faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 2 }),
  blind: fc.constantFrom(false, false, false, true),
  productFault: fc.option(
    fc.constantFrom(...(['reset_after', '500_before', '500_after', 'reset_before'] as const)),
  ),
  crashAt,
});
const waits = fc.constantFrom(
  ...[2 * SECOND, 50 * SECOND, 50 * SECOND, 50 * SECOND, 6 * MINUTE, 6 * MINUTE],
  ...[50 * SECOND, 6 * MINUTE, HOUR, 25 * HOUR, 3 * DAY],
);

const mostly = fc.constantFrom(true, true, true, false);
const times = <T>(many: number, one: T): T[] => Array.from({ length: many }, () => one);

/** What happens most, most often. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  ...times(4, command('ask', asking, ask)),
  ...times(4, command('approve', fc.record({ which, fresh: mostly }), approve)),
  ...times(5, command('send', sending, send)),
  ...times(3, command('wait', waits, wait)),
  ...times(2, command('hear', fc.record({ which: fc.nat(30), crashAt }), hear)),
  command('reject', which, reject),
  command('edit', fc.record({ which, amount }), edit),
  command('withdraw', which, withdraw),
  command('settle', fc.record({ which, status: fc.constantFrom('succeeded', 'failed') }), settle),
  command('track', crashAt, track),
  command('expire', crashAt, expire),
  command('refundElsewhere', fc.record({ charge, amount }), refundElsewhere),
  command('compare', fc.constant(undefined), compare),
  command('review', which, review),
];
