import { formatCredits } from '#app/domain/money/credits.ts';
import { AccountBalance } from '#app/pages/customer/account-balance.tsx';
import { CopyButton } from '#app/pages/customer/copy-button.tsx';
import { StreamFreshness } from '#app/pages/customer/stream-freshness.tsx';
import { AsOfPicker } from '#app/pages/customer/as-of-picker.tsx';
import type {
  CustomerPageData,
  SubscriptionLine,
} from '#app/services/customers/customer-page-data.ts';
import { isKnownZone, shortInZone, shortUtc } from '#app/ui/time-format.ts';
import { TimeText } from '#app/ui/time-text.tsx';

type Head = Pick<
  CustomerPageData,
  'id' | 'at' | 'asOf' | 'customer' | 'subscriptions' | 'balance' | 'streams' | 'unpriced'
>;

/** Who this is, what they pay for, what they have, and how far all of it is known. */
export function AccountHead({ view }: { view: Head }) {
  const { id, at, customer, subscriptions, balance, streams } = view;
  const zone = customer?.timeZone ?? null;
  return (
    <div className="grid gap-1 px-3 pt-2 pb-1.5">
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="one-line max-w-[36ch] text-heading" title={customer?.name ?? id}>
          <bdi>{customer?.name ?? 'No customer record'}</bdi>
        </h1>
        <CopyButton text={id} />
        {customer === null ? (
          <span className="text-ink-quiet">no customer record; other records name this id</span>
        ) : (
          <span className="one-line max-w-[32ch] text-ink-quiet" title={customer.email}>
            <bdi>{customer.email}</bdi>
          </span>
        )}
        {view.asOf === null ? (
          <Plans subscriptions={subscriptions} at={at} zone={zone} />
        ) : (
          <PlansToday subscriptions={subscriptions} />
        )}
        <span className="ms-auto">
          <AsOfPicker asOf={view.asOf} at={at} />
        </span>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-5 gap-y-1">
        <AccountBalance balance={balance} at={at} zone={zone} />
        {view.unpriced > 0 ? (
          <span className="text-ink-quiet">
            {formatCredits(view.unpriced)} generations without a price on the card
          </span>
        ) : null}
        <span className="text-ink-quiet">{zoneWords(zone, at)}</span>
        <span className="ms-auto">
          <StreamFreshness streams={streams} at={at} />
        </span>
      </div>
    </div>
  );
}

function zoneWords(zone: string | null, at: number): string {
  if (zone === null) return 'time zone unknown, all in UTC';
  if (!isKnownZone(zone)) return `time zone “${zone.slice(0, 40)}” is unknown`;
  return `${shortInZone(at, at, zone) ?? ''} time`;
}

interface PlansProps {
  subscriptions: readonly SubscriptionLine[];
  at: number;
  zone: string | null;
}

const RUNNING = new Set(['active', 'trialing', 'past_due']);

/** The plans that run, and when each renews or ends, in the customer's own time. */
function Plans({ subscriptions, at, zone }: PlansProps) {
  const running = subscriptions.filter(({ status }) => RUNNING.has(status));
  const shown = running.length > 0 ? running : subscriptions.slice(0, 1);
  if (shown.length === 0) return <span className="text-ink-quiet">no subscription</span>;
  return (
    <span className="flex flex-wrap gap-x-3">
      {shown.map((subscription) => (
        <Plan key={subscription.id} subscription={subscription} at={at} zone={zone} />
      ))}
    </span>
  );
}

/** Beside the past: the book keeps no history of plans, so no more than today's name is told. */
const PlansToday = ({ subscriptions }: Pick<PlansProps, 'subscriptions'>) =>
  subscriptions.length === 0 ? null : (
    <span className="text-ink-quiet">
      plan today:{' '}
      <bdi className="one-line inline-block max-w-[20ch] align-bottom">
        {subscriptions[0]?.plan}
      </bdi>
    </span>
  );

function Plan(props: { subscription: SubscriptionLine; at: number; zone: string | null }) {
  const { subscription, at, zone } = props;
  const { plan, status, currentPeriodEnd, endsAt } = subscription;
  const ends = endsAt ?? currentPeriodEnd;
  const over = !RUNNING.has(status);
  const verb = endsAt === null ? (over ? 'paid to' : 'renews') : endsAt <= at ? 'ended' : 'ends';
  const words = (zone === null ? null : shortInZone(ends, at, zone)) ?? `${shortUtc(ends, at)} UTC`;
  return (
    <span>
      <bdi className="one-line inline-block max-w-[20ch] align-bottom" title={plan}>
        {plan}
      </bdi>
      {status === 'active' ? '' : ` (${status.replaceAll('_', ' ')})`},{' '}
      <TimeText at={ends} now={at} zone={zone}>
        {verb} {words}
      </TimeText>
    </span>
  );
}
